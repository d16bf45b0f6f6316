package org.acopio.web.xmlrpc;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** What is measured of XML-RPC: how long requests took, and faults by code. */
final class XmlRpcMetrics {
  private final Timer requests;
  private final Map<FaultCode, Counter> faults = new EnumMap<>(FaultCode.class);

  XmlRpcMetrics(MetricRegistry registry) {
    requests =
        registry.timer(
            Metadata.builder()
                .withName("acopio_xmlrpc_requests")
                .withUnit(MetricUnits.NANOSECONDS)
                .withDescription("XML-RPC requests, from their first byte to the answer.")
                .build());
    Metadata fault =
        Metadata.builder()
            .withName("acopio_xmlrpc_faults")
            .withDescription("Faults, those inside a system.multicall included, by their code.")
            .build();
    for (FaultCode code : FaultCode.values()) {
      faults.put(code, registry.counter(fault, new Tag("code", Integer.toString(code.number()))));
    }
  }

  void answered(long nanos) {
    requests.update(Duration.ofNanos(nanos));
  }

  void faulted(Fault fault) {
    faults.get(fault.code()).inc();
  }
}
