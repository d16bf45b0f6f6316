package org.acopio.web.xmlrpc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reserved methods, by which clients ask what there is and make many calls in one. */
final class SystemMethods {
  static final String MULTICALL = "system.multicall";

  private final Dispatcher dispatcher;

  SystemMethods(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  List<Method> all() {
    return List.of(
        new Method(
            "system.listMethods",
            List.of(List.of("array")),
            "Returns the names of all methods.",
            this::listMethods),
        new Method(
            "system.methodSignature",
            List.of(List.of("array", "string")),
            "Returns the signatures of the named method: arrays with the type that it returns and"
                + " then those of its parameters.",
            this::methodSignature),
        new Method(
            "system.methodHelp",
            List.of(List.of("string", "string")),
            "Returns what the named method does.",
            this::methodHelp),
        new Method(
            "system.getCapabilities",
            List.of(List.of("struct")),
            "Returns which specifications are kept: structs with specUrl and specVersion.",
            SystemMethods::getCapabilities),
        new Method(
            MULTICALL,
            List.of(List.of("array", "array")),
            "Makes up to "
                + Limits.CALLS
                + " calls, each a struct with methodName and params; returns for each an array"
                + " with its result, or a struct with faultCode and faultString.",
            this::multicall));
  }

  private Value listMethods(List<Value> parameters) throws Fault {
    Parameters.count(parameters, 0);
    return array(dispatcher.names());
  }

  private Value methodSignature(List<Value> parameters) throws Fault {
    Method method = named(parameters);
    return new Value.Array(method.signatures().stream().map(SystemMethods::array).toList());
  }

  private Value methodHelp(List<Value> parameters) throws Fault {
    return new Value.Text(named(parameters).help());
  }

  private Method named(List<Value> parameters) throws Fault {
    return dispatcher.method(Parameters.text(Parameters.only(parameters)));
  }

  private static Value array(List<String> texts) {
    return new Value.Array(texts.stream().<Value>map(Value.Text::new).toList());
  }

  private static Value getCapabilities(List<Value> parameters) throws Fault {
    Parameters.count(parameters, 0);
    Map<String, Value> capabilities = new LinkedHashMap<>();
    capabilities.put("xmlrpc", specification("http://www.xmlrpc.com/spec", 1));
    capabilities.put(
        "introspection", specification("http://xmlrpc.usefulinc.com/doc/reserved.html", 1));
    capabilities.put(
        "faults_interop",
        specification("http://xmlrpc-epi.sourceforge.net/specs/rfc.fault_codes.php", 20_010_516));
    capabilities.put(MULTICALL, specification("http://www.xmlrpc.com/discuss/msgReader$1208", 1));
    capabilities.put("nil", specification("http://ontosys.com/xml-rpc/extensions.php", 20_010_518));
    return new Value.Struct(capabilities);
  }

  private static Value specification(String url, int version) {
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("specUrl", new Value.Text(url));
    members.put("specVersion", new Value.Whole(version));
    return new Value.Struct(members);
  }

  private Value multicall(List<Value> parameters) throws Fault {
    List<Value> calls = Parameters.array(Parameters.only(parameters));
    if (calls.size() > Limits.CALLS) {
      throw Method.wrongParameters(
          "there are " + calls.size() + " calls; up to " + Limits.CALLS + " are taken");
    }
    List<Value> answers = new ArrayList<>(calls.size());
    for (Value call : calls) {
      answers.add(one(call));
    }
    return new Value.Array(answers);
  }

  private Value one(Value value) {
    try {
      Value.Struct call = Parameters.struct(value);
      String name = Parameters.text(Parameters.member(call, "methodName"));
      List<Value> parameters = Parameters.array(Parameters.member(call, "params"));
      if (name.equals(MULTICALL)) {
        throw Method.wrongParameters("a " + MULTICALL + " cannot hold another one");
      }
      return new Value.Array(List.of(dispatcher.call(new Call(name, parameters, false))));
    } catch (Fault e) {
      dispatcher.faulted(e);
      return e.toStruct();
    }
  }
}
