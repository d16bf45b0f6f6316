package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;

/**
 * Adds versions of files in the transaction of its entity manager. It holds the rows of the agents
 * until the end: commits of one agent follow each other, whichever node they come from, so that
 * each sees the versions of the one before. The unique constraints catch what is left, such as one
 * upload that two nodes commit under different agents.
 */
final class Commits {
  /** Rows that are written and forgotten together, to keep the persistence context small. */
  private static final int CHUNK = 500;

  private static final String HOLD_AGENTS =
      "select a.number from agent a where a.number = any(?1) order by a.number for update";

  private final EntityManager entities;
  private final Lookups lookups;

  Commits(EntityManager entities) {
    this.entities = entities;
    this.lookups = new Lookups(entities);
  }

  /** A new file with the key of its path. */
  private record Keyed(NewFile file, Sha256 key) {}

  List<StoredFile> commit(List<NewFile> files) {
    holdAgents(files);
    Map<Long, StoredFile> stored =
        lookups.committed(files.stream().map(NewFile::upload).distinct().toList());
    Map<Long, Keyed> fresh = new LinkedHashMap<>();
    for (NewFile file : files) {
      if (!stored.containsKey(file.upload())) {
        fresh.computeIfAbsent(file.upload(), u -> new Keyed(file, Lookups.key(file.path())));
      }
    }
    Map<Long, List<Keyed>> byAgent = new TreeMap<>();
    fresh
        .values()
        .forEach(f -> byAgent.computeIfAbsent(f.file.agent(), a -> new ArrayList<>()).add(f));
    byAgent.forEach((agent, theirs) -> insert(agent, theirs, stored));
    return files.stream().map(file -> stored.get(file.upload())).toList();
  }

  /** In ascending order, so that two commits never wait for each other. */
  private void holdAgents(List<NewFile> files) {
    entities
        .createNativeQuery(HOLD_AGENTS)
        .setParameter(1, files.stream().map(NewFile::agent).distinct().toArray(Long[]::new))
        .getResultList();
  }

  private void insert(long agent, List<Keyed> files, Map<Long, StoredFile> stored) {
    List<Keyed> ordered = new ArrayList<>(files);
    ordered.sort(Comparator.comparing(f -> f.file.path()));
    Map<Sha256, Integer> versions =
        new HashMap<>(lookups.versions(agent, ordered.stream().map(Keyed::key).toList()));
    int pending = 0;
    for (Keyed keyed : ordered) {
      int version = versions.merge(keyed.key, 1, Integer::sum);
      FileRow row = new FileRow(keyed.file, keyed.key, version);
      entities.persist(row);
      stored.put(keyed.file.upload(), row.stored(keyed.file));
      if (++pending % CHUNK == 0) {
        entities.flush();
        entities.clear();
      }
    }
  }
}
