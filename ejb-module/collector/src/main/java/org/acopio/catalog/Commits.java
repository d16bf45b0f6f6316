package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
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
  /** The most rows that are written by one statement. */
  private static final int CHUNK = 1_000;

  private static final String HOLD_AGENTS =
      "select a.number from agent a where a.number = any(?1) order by a.number for update";

  private final EntityManager entities;
  private final Database database;
  private final Lookups lookups;

  Commits(EntityManager entities, Database database) {
    this.entities = entities;
    this.database = database;
    this.lookups = new Lookups(entities);
  }

  /** A new file with the key of its path. */
  private record Keyed(NewFile file, Sha256 key) {}

  List<StoredFile> commit(List<NewFile> files) {
    Map<Long, StoredFile> stored = settled(files);
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
    new HoldingRows(entities, database).add(fresh.values().stream().map(Keyed::file).toList());
    return files.stream().map(file -> stored.get(file.upload())).toList();
  }

  /** Those of these files that are there, once no commit of their agents is under way any more. */
  Map<Long, StoredFile> settled(List<NewFile> files) {
    holdAgents(files);
    return lookups.committed(files.stream().map(NewFile::upload).distinct().toList());
  }

  /** In ascending order, so that two commits never wait for each other. */
  private void holdAgents(List<NewFile> files) {
    entities
        .createNativeQuery(HOLD_AGENTS)
        .setParameter(1, files.stream().map(NewFile::agent).distinct().toArray(Long[]::new))
        .getResultList();
  }

  private void insert(long agent, List<Keyed> files, Map<Long, StoredFile> stored) {
    Map<Sha256, Integer> versions =
        new HashMap<>(lookups.versions(agent, files.stream().map(Keyed::key).toList()));
    for (int from = 0; from < files.size(); from += CHUNK) {
      List<Keyed> chunk = files.subList(from, Math.min(from + CHUNK, files.size()));
      Iterator<Long> numbers = numbers(chunk.size()).iterator();
      List<NewVersion> rows = new ArrayList<>(chunk.size());
      for (Keyed keyed : chunk) {
        int version = versions.merge(keyed.key, 1, Integer::sum);
        rows.add(new NewVersion(numbers.next(), keyed.file, keyed.key, version));
      }
      NewVersion.insert(entities, rows);
      rows.forEach(row -> stored.put(row.file().upload(), row.stored()));
    }
  }

  private List<Long> numbers(int count) {
    List<?> numbers =
        entities.createNativeQuery(database.fileNumbers()).setParameter(1, count).getResultList();
    return numbers.stream().map(number -> ((Number) number).longValue()).sorted().toList();
  }
}
