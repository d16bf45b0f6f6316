package org.acopio.client.send;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.acopio.remote.EnrolmentCode;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.CheckIn;
import org.acopio.remote.IdentityMessage.Confirm;
import org.acopio.remote.IdentityMessage.Done;
import org.acopio.remote.IdentityMessage.Enrol;
import org.acopio.remote.IdentityMessage.IdentityRefused;
import org.acopio.remote.IdentityMessage.Issued;
import org.acopio.remote.IdentityMessage.Next;
import org.acopio.remote.IdentityMessage.Reason;
import org.acopio.remote.IdentityMessage.Renew;
import org.acopio.remote.IdentityMessage.RenewalWanted;
import org.acopio.remote.IdentityMessage.Why;
import org.acopio.remote.Sha256;

/**
 * Knows agents in memory, by the contract of {@link IdentityMessage}: what was given counts when it
 * was confirmed, and what was before counts until then.
 */
final class FakeRegistrar {
  /** One agent's certificate. */
  private static final class Known {
    final Sha256 agent;
    byte[] word;
    byte[] before;
    boolean rekey;
    Optional<Why> refused = Optional.empty();

    Known(Sha256 agent, byte[] word) {
      this.agent = agent;
      this.word = word;
      this.before = word;
    }
  }

  final TestAuthority authority;
  final List<String> events = new ArrayList<>();
  final Set<Sha256> codes = new HashSet<>();

  /** The connection breaks instead of the next answer of this kind. */
  volatile Optional<Class<? extends IdentityMessage>> lost = Optional.empty();

  private final X509Certificate server;
  private final Map<Sha256, Known> keys = new HashMap<>();
  private int words;

  FakeRegistrar(TestAuthority authority, X509Certificate server) {
    this.authority = authority;
    this.server = server;
  }

  synchronized EnrolmentCode invite() throws Exception {
    byte[] secret = new byte[EnrolmentCode.SECRET_BYTES];
    secret[0] = (byte) ++words;
    codes.add(Sha256.of(Sha256.start().digest(secret)));
    return EnrolmentCode.of(authority.certificate.getEncoded(), secret);
  }

  /** Whether a certificate counts. */
  synchronized boolean takes(X509Certificate agent) {
    Known known = keys.get(key(agent.getPublicKey()));
    return known != null && known.refused.isEmpty();
  }

  synchronized void refuse(Why why) {
    keys.values().forEach(known -> known.refused = Optional.of(why));
  }

  synchronized void rekey() {
    keys.values().forEach(known -> known.rekey = true);
  }

  /** How many certificates count. */
  synchronized long valid() {
    return keys.values().stream().filter(known -> known.refused.isEmpty()).count();
  }

  private static Sha256 key(PublicKey key) {
    return Sha256.of(Sha256.start().digest(key.getEncoded()));
  }

  void serve(InputStream in, OutputStream out, Optional<X509Certificate> agent) throws IOException {
    Optional<Known> known;
    synchronized (this) {
      known = agent.map(certificate -> keys.get(key(certificate.getPublicKey())));
    }
    Conversation conversation = new Conversation(known);
    while (!conversation.over) {
      IdentityMessage answer = conversation.answer(IdentityMessage.read(in));
      if (lost.isPresent() && lost.get().isInstance(answer)) {
        lost = Optional.empty();
        return;
      }
      answer.write(out);
    }
  }

  private byte[] word() {
    byte[] word = new byte[IdentityMessage.LINEAGE_BYTES];
    word[0] = 'w';
    word[15] = (byte) ++words;
    return word;
  }

  /** One connection. */
  private final class Conversation {
    private Optional<Known> known;
    private byte[] given = {};
    private boolean over;

    Conversation(Optional<Known> known) {
      this.known = known;
    }

    IdentityMessage answer(IdentityMessage asked) {
      synchronized (FakeRegistrar.this) {
        events.add(asked.getClass().getSimpleName());
        if (asked instanceof Enrol enrol) {
          return enrol(enrol);
        }
        if (known.isEmpty()) {
          return refuse(Why.KEY_UNKNOWN);
        }
        Known one = known.get();
        if (one.refused.isPresent()) {
          return refuse(one.refused.get());
        }
        if (asked instanceof CheckIn checkIn) {
          return checkIn(one, checkIn);
        }
        if (asked instanceof Confirm) {
          return confirm(one);
        }
        return asked instanceof Renew renew ? renew(one, renew) : refuse(Why.BAD_REQUEST);
      }
    }

    private IdentityMessage refuse(Why why) {
      over = true;
      return new IdentityRefused(why, "the server's words");
    }

    private IdentityMessage enrol(Enrol enrol) {
      if (!codes.remove(Sha256.of(Sha256.start().digest(enrol.secret())))) {
        return refuse(Why.CODE_UNKNOWN);
      }
      return issue(enrol.agent(), enrol.publicKey(), enrol.proof());
    }

    private IdentityMessage checkIn(Known one, CheckIn checkIn) {
      boolean current = Arrays.equals(one.word, checkIn.lineage());
      if (!current && !Arrays.equals(one.before, checkIn.lineage())) {
        events.add("clone");
        return new RenewalWanted(Reason.CLONE);
      }
      if (one.rekey) {
        return new RenewalWanted(Reason.REKEY);
      }
      one.before = checkIn.lineage();
      one.word = word();
      given = one.word;
      return new Next(given);
    }

    private IdentityMessage confirm(Known one) {
      if (!Arrays.equals(one.word, given)) {
        return new RenewalWanted(Reason.CLONE);
      }
      one.before = one.word;
      over = true;
      return new Done();
    }

    private IdentityMessage renew(Known one, Renew renew) {
      if (renew.agent().equals(one.agent)) {
        one.rekey = false;
        one.refused = Optional.of(Why.KEY_REVOKED);
      }
      return issue(renew.agent(), renew.publicKey(), renew.proof());
    }

    private IdentityMessage issue(Sha256 agent, byte[] publicKey, byte[] proof) {
      try {
        PublicKey key =
            KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey));
        Signature check = Signature.getInstance("SHA256withECDSA");
        check.initVerify(key);
        check.update(IdentityMessage.proven(server.getEncoded(), agent, publicKey));
        if (!check.verify(proof)) {
          return refuse(Why.BAD_REQUEST);
        }
        given = word();
        Known one = new Known(agent, given);
        keys.put(key(key), one);
        known = Optional.of(one);
        return new Issued(
            authority.agent(agent.toString(), key).getEncoded(),
            authority.certificate.getEncoded(),
            given);
      } catch (java.security.GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
