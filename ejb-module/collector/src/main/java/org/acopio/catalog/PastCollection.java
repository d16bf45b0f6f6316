package org.acopio.catalog;

import java.time.Instant;
import java.util.Optional;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.Sha256;

/**
 * A collection, under way or over.
 *
 * @param number its number in the catalog
 * @param agent number of the agent
 * @param agentId digest of the agent's key
 * @param hostName what the agent's PC calls itself now
 * @param address where it came from
 * @param openedAt by the server's clock
 * @param closedAt by the server's clock; nothing while it is open, and when the server died first
 * @param summary what it came to; there together with the end
 * @param claim what was said in it and what of that is proven; nothing while it is open, when the
 *     server died first, and for collections of before the catalog kept claims
 */
public record PastCollection(
    long number,
    long agent,
    Sha256 agentId,
    String hostName,
    String address,
    Instant openedAt,
    Optional<Instant> closedAt,
    Optional<CollectionSummary> summary,
    Optional<Claim> claim) {}
