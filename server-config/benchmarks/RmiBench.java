import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityService;

/** The parity contract as the JDK alone exports it, and callers that each wait for their answer. */
final class RmiBench {
  private static final String HOST = "127.0.0.1";

  /** Held, or the exported objects would be collected as garbage. */
  private static final List<Remote> EXPORTED = new ArrayList<>();

  public static void main(String[] words) throws Exception {
    if (words[0].equals("server")) {
      serve();
    } else {
      load(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Double.parseDouble(words[3]));
    }
  }

  private static final class Bare implements ParityService {
    @Override
    public boolean isEven(long n) {
      return (n & 1) == 0;
    }

    @Override
    public boolean[] areEven(long[] numbers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Parity parityOf(String decimal) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Parity> paritiesOf(List<String> decimals) {
      throw new UnsupportedOperationException();
    }
  }

  private static void serve() throws Exception {
    System.setProperty("java.rmi.server.hostname", HOST);
    InetAddress address = InetAddress.getByName(HOST);
    int[] port = new int[1];
    RMIServerSocketFactory sockets =
        wanted -> {
          ServerSocket socket = new ServerSocket(wanted, 1024, address);
          port[0] = port[0] == 0 ? socket.getLocalPort() : port[0];
          return socket;
        };
    Registry registry = LocateRegistry.createRegistry(0, null, sockets);
    EXPORTED.add(registry);
    ParityService bare = new Bare();
    EXPORTED.add(bare);
    registry.rebind(ParityService.NAME, UnicastRemoteObject.exportObject(bare, 0, null, sockets));
    System.out.println("ready " + port[0]);
    Thread.currentThread().join();
  }

  private static void load(int port, int callers, double seconds) throws Exception {
    ParityService parity =
        (ParityService) LocateRegistry.getRegistry(HOST, port).lookup(ParityService.NAME);
    AtomicBoolean over = new AtomicBoolean();
    LongAdder calls = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Thread caller = new Thread(() -> call(parity, over, calls));
      threads.add(caller);
      caller.start();
    }
    long begin = System.nanoTime();
    Thread.sleep((long) (seconds * 1000));
    over.set(true);
    double took = (System.nanoTime() - begin) / 1e9;
    long count = calls.sum();
    for (Thread caller : threads) {
      caller.join();
    }
    System.out.printf("%d %.6f%n", count, took);
    System.exit(0);
  }

  private static void call(ParityService parity, AtomicBoolean over, LongAdder calls) {
    try {
      for (long n = 0; !over.get(); n++) {
        if (parity.isEven(n) != (n % 2 == 0)) {
          throw new IllegalStateException("a wrong answer for " + n);
        }
        calls.increment();
      }
    } catch (java.rmi.RemoteException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
