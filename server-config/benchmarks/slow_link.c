/* A long link in user space, for kernels without netem: two TUN devices, one here and one in another network namespace,
 * and what goes into one comes out of the other later.
 *
 * usage: slow_link NAMESPACE NEAR FAR DELAY_MS MBIT
 *
 * NAMESPACE is a name of 'ip netns', NEAR and FAR are the names of the devices to make. A packet leaves when those before
 * it have left, at MBIT a second, and arrives DELAY_MS later; one that finds 1,024 others waiting is dropped, as a router
 * does. Prints "ready" once both devices are there, which have no address yet, and runs until it is killed. Needs root.
 * One thread reads and one writes for each of the two directions. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define SLOTS 1024
#define LONGEST 9100

struct packet { int64_t due; ssize_t bytes; char data[LONGEST]; };

struct direction {
  int from, to;
  struct packet ring[SLOTS];
  sem_t waiting, room;
  int64_t sent_until;
};

static int64_t delay;
static double nanos_a_byte;
static struct direction there, back;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void *take(void *given) {
  struct direction *way = given;
  char lost[LONGEST];
  for (unsigned next = 0;;) {
    if (sem_trywait(&way->room)) {
      if (read(way->from, lost, LONGEST) < 0) exit(1);
      continue;
    }
    struct packet *one = &way->ring[next++ % SLOTS];
    one->bytes = read(way->from, one->data, LONGEST);
    if (one->bytes < 0) exit(1);
    int64_t arrived = now();
    if (way->sent_until < arrived) way->sent_until = arrived;
    way->sent_until += (int64_t) (one->bytes * nanos_a_byte);
    one->due = way->sent_until + delay;
    sem_post(&way->waiting);
  }
}

static void *give(void *given) {
  struct direction *way = given;
  for (unsigned next = 0;; next++) {
    while (sem_wait(&way->waiting)) { }
    struct packet *one = &way->ring[next % SLOTS];
    struct timespec due = {one->due / 1000000000LL, one->due % 1000000000LL};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL)) { }
    if (write(way->to, one->data, one->bytes) < 0) { /* The device is down or its queue is full: lost, as on a real line. */ }
    sem_post(&way->room);
  }
}

static int tun(const char *name) {
  struct ifreq wanted = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strncpy(wanted.ifr_name, name, IFNAMSIZ - 1);
  int device = open("/dev/net/tun", O_RDWR);
  if (device < 0 || ioctl(device, TUNSETIFF, &wanted)) {
    perror(name);
    exit(1);
  }
  return device;
}

static void start(struct direction *way, int from, int to) {
  pthread_t thread;
  way->from = from;
  way->to = to;
  sem_init(&way->waiting, 0, 0);
  sem_init(&way->room, 0, SLOTS);
  if (pthread_create(&thread, NULL, take, way) || pthread_create(&thread, NULL, give, way)) exit(1);
}

int main(int count, char **words) {
  if (count != 6 || atof(words[4]) < 0 || atof(words[5]) <= 0) {
    fprintf(stderr, "usage: slow_link NAMESPACE NEAR FAR DELAY_MS MBIT\n");
    return 2;
  }
  delay = (int64_t) (atof(words[4]) * 1e6);
  nanos_a_byte = 8000 / atof(words[5]);
  char place[256];
  snprintf(place, sizeof place, "/var/run/netns/%s", words[1]);
  int near = tun(words[2]);
  int namespace = open(place, O_RDONLY);
  if (namespace < 0 || setns(namespace, CLONE_NEWNET)) {
    perror(place);
    return 1;
  }
  int far = tun(words[3]);
  start(&there, near, far);
  start(&back, far, near);
  puts("ready");
  fflush(stdout);
  pause();
}
