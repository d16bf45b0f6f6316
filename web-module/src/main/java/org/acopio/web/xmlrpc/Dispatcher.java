package org.acopio.web.xmlrpc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.acopio.parity.ParityCalls;

/** The methods of this server by their names. Thread-safe. */
final class Dispatcher {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final SortedMap<String, Method> methods = new TreeMap<>();
  private final Consumer<Fault> faults;

  /**
   * @param validator whether UserLand's validator is served
   * @param faults told of each fault inside a {@code system.multicall}
   */
  Dispatcher(ParityCalls.Counted parities, boolean validator, Consumer<Fault> faults) {
    this.faults = faults;
    add(new ParityMethods(parities).all());
    add(new SystemMethods(this).all());
    if (validator) {
      add(Validator1.all());
    }
  }

  private void add(List<Method> more) {
    more.forEach(method -> methods.put(method.name(), method));
  }

  /** The names of all methods, sorted. */
  List<String> names() {
    return List.copyOf(methods.keySet());
  }

  /** The method of this name. */
  Method method(String name) throws Fault {
    Method method = methods.get(name);
    if (method == null) {
      throw new Fault(
          FaultCode.NO_SUCH_METHOD,
          "there is no method '"
              + Fault.shown(name)
              + "'; system.listMethods tells which there are");
    }
    return method;
  }

  /** Makes the call; whatever goes wrong is a fault. */
  Value call(Call call) throws Fault {
    Method method = method(call.method());
    try {
      return method.body().call(call.parameters());
    } catch (ArithmeticException e) {
      throw new Fault(FaultCode.FAILED, "the result does not fit into 64 bits");
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the XML-RPC method " + method.name() + " failed", e);
      throw new Fault(FaultCode.FAILED, "the method failed; the log of the server says why");
    }
  }

  void faulted(Fault fault) {
    faults.accept(fault);
  }
}
