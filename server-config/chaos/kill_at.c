/*
 * Kills the process that it is loaded into right before its n-th call that changes something:
 *
 *   cc -shared -fPIC -O2 -o kill_at.so kill_at.c -ldl
 *   KILL_AT=17 KILL_UNDER=/folder LD_PRELOAD=$PWD/kill_at.so program
 *
 * Counted are, over all threads together, writes, syncs, truncations, links, renames and deletions
 * of files below KILL_UNDER, the making of files and folders there, and writes to TCP sockets.
 * strace's when=N counts for each thread and each call alone, so it never comes to most of them.
 * Says on stderr which call it was. KILL_AT=0 only counts, and says at the end how many there were.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static long at = -1;
static const char *under;
static size_t length;

__attribute__((constructor)) static void begin(void) {
  const char *number = getenv("KILL_AT");
  under = getenv("KILL_UNDER");
  if (number && under) {
    at = atol(number);
    length = strlen(under);
  }
}

__attribute__((destructor)) static void end(void) {
  if (at == 0 && calls > 0) {
    fprintf(stderr, "kill_at: %ld calls\n", (long) calls);
  }
}

static void met(const char *name, const char *path) {
  if (atomic_fetch_add(&calls, 1) + 1 != at) {
    return;
  }
  char line[512];
  int size = snprintf(line, sizeof line, "kill_at: %s %.400s\n", name, path);
  syscall(SYS_write, 2, line, (size_t) size);
  syscall(SYS_kill, getpid(), SIGKILL);
}

/* A file descriptor of a file that counts, or of a socket. */
static void on(const char *name, int fd) {
  if (at < 0) {
    return;
  }
  char link[64];
  char path[512];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long size = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (size <= 0) {
    return;
  }
  path[size] = 0;
  if (strncmp(path, under, length) == 0) {
    met(name, path);
  } else if (strncmp(path, "socket:", 7) == 0) {
    struct sockaddr address;
    socklen_t room = sizeof address;
    if (getpeername(fd, &address, &room) == 0
        && (address.sa_family == AF_INET || address.sa_family == AF_INET6)) {
      met(name, "a socket");
    }
  }
}

/* A path, which may be relative to the folder of a descriptor. */
static void to(const char *name, int folder, const char *path) {
  if (at < 0 || path == NULL) {
    return;
  }
  if (path[0] == '/') {
    if (strncmp(path, under, length) == 0) {
      met(name, path);
    }
  } else if (folder >= 0) {
    on(name, folder);
  }
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__)) dlsym(RTLD_NEXT, #name)

#define BY_DESCRIPTOR(type, name, parameters, arguments, ...) \
  type name parameters { REAL(type, name, __VA_ARGS__); on(#name, fd); return real arguments; }

BY_DESCRIPTOR(ssize_t, write, (int fd, const void *b, size_t n), (fd, b, n), int, const void *, size_t)
BY_DESCRIPTOR(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t o), (fd, b, n, o), int, const void *, size_t, off_t)
BY_DESCRIPTOR(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t o), (fd, b, n, o), int, const void *, size_t, off64_t)
BY_DESCRIPTOR(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n), int, const struct iovec *, int)
BY_DESCRIPTOR(ssize_t, pwritev, (int fd, const struct iovec *v, int n, off_t o), (fd, v, n, o), int, const struct iovec *, int, off_t)
BY_DESCRIPTOR(ssize_t, pwritev64, (int fd, const struct iovec *v, int n, off64_t o), (fd, v, n, o), int, const struct iovec *, int, off64_t)
BY_DESCRIPTOR(ssize_t, send, (int fd, const void *b, size_t n, int f), (fd, b, n, f), int, const void *, size_t, int)
BY_DESCRIPTOR(ssize_t, sendto, (int fd, const void *b, size_t n, int f, const struct sockaddr *a, socklen_t l), (fd, b, n, f, a, l), int, const void *, size_t, int, const struct sockaddr *, socklen_t)
BY_DESCRIPTOR(ssize_t, sendfile, (int fd, int from, off_t *o, size_t n), (fd, from, o, n), int, int, off_t *, size_t)
BY_DESCRIPTOR(ssize_t, sendfile64, (int fd, int from, off64_t *o, size_t n), (fd, from, o, n), int, int, off64_t *, size_t)
BY_DESCRIPTOR(int, fsync, (int fd), (fd), int)
BY_DESCRIPTOR(int, fdatasync, (int fd), (fd), int)
BY_DESCRIPTOR(int, ftruncate, (int fd, off_t n), (fd, n), int, off_t)
BY_DESCRIPTOR(int, ftruncate64, (int fd, off64_t n), (fd, n), int, off64_t)

int link(const char *from, const char *path) {
  REAL(int, link, const char *, const char *);
  to("link", -1, path);
  return real(from, path);
}

int linkat(int f, const char *from, int folder, const char *path, int flags) {
  REAL(int, linkat, int, const char *, int, const char *, int);
  to("linkat", folder, path);
  return real(f, from, folder, path, flags);
}

int rename(const char *from, const char *path) {
  REAL(int, rename, const char *, const char *);
  to("rename", -1, path);
  return real(from, path);
}

int renameat(int f, const char *from, int folder, const char *path) {
  REAL(int, renameat, int, const char *, int, const char *);
  to("renameat", folder, path);
  return real(f, from, folder, path);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  to("unlink", -1, path);
  return real(path);
}

int unlinkat(int folder, const char *path, int flags) {
  REAL(int, unlinkat, int, const char *, int);
  to("unlinkat", folder, path);
  return real(folder, path, flags);
}

int rmdir(const char *path) {
  REAL(int, rmdir, const char *);
  to("rmdir", -1, path);
  return real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  to("mkdir", -1, path);
  return real(path, mode);
}

#define HAS_MODE(flags) (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, name, const char *, int, ...); \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = HAS_MODE(flags) ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    if (flags & O_CREAT) to(#name, -1, path); \
    return real(path, flags, mode); \
  }

#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    REAL(int, name, int, const char *, int, ...); \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = HAS_MODE(flags) ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    if (flags & O_CREAT) to(#name, folder, path); \
    return real(folder, path, flags, mode); \
  }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
