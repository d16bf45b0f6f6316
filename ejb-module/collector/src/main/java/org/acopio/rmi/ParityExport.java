package org.acopio.rmi;

import java.util.ArrayList;
import java.util.List;
import org.acopio.parity.Parities;
import org.acopio.parity.ParityCalls;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;
import org.acopio.remote.ParityException.Reason;
import org.acopio.remote.ParityService;

/** Parity as a remote object. */
final class ParityExport implements ParityService {
  private final ParityCalls.Counted parities;

  ParityExport(ParityCalls.Counted parities) {
    this.parities = parities;
  }

  @Override
  public boolean isEven(long n) {
    return parities.of(n) == Parity.EVEN;
  }

  @Override
  public boolean[] areEven(long[] numbers) throws ParityException {
    check(present(numbers).length);
    boolean[] even = new boolean[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      even[i] = isEven(numbers[i]);
    }
    return even;
  }

  @Override
  public Parity parityOf(String decimal) throws ParityException {
    return parities.of(present(decimal));
  }

  @Override
  public List<Parity> paritiesOf(List<String> decimals) throws ParityException {
    for (String decimal : present(decimals)) {
      present(decimal);
    }
    return new ArrayList<>(parities.of(decimals));
  }

  private void check(int count) throws ParityException {
    try {
      Parities.checkCount(count);
    } catch (ParityException e) {
      parities.refuse();
      throw e;
    }
  }

  private <T> T present(@org.jspecify.annotations.Nullable T value) throws ParityException {
    if (value == null) {
      parities.refuse();
      throw new ParityException(
          Reason.EMPTY, "there is no number; write an integer such as 42 or -7");
    }
    return value;
  }
}
