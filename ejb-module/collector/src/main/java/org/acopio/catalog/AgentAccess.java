package org.acopio.catalog;

import java.time.Instant;
import org.acopio.remote.Sha256;

/**
 * An agent that has been here, and whether it may come again.
 *
 * @param number the catalog's
 * @param id digest of its key
 * @param hostName what its PC called itself last
 * @param version what it ran last
 * @param firstSeen when it came for the first time
 * @param lastSeen when it came last
 * @param blocked whether it may not collect
 */
public record AgentAccess(
    long number,
    Sha256 id,
    String hostName,
    String version,
    Instant firstSeen,
    Instant lastSeen,
    boolean blocked) {}
