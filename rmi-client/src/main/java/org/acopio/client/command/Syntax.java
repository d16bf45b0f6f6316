package org.acopio.client.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The options of one command. Built by calls, not by annotations, and without descriptions until
 * somebody asks for help: reflection and texts would be half of a command's start.
 */
final class Syntax {
  private final Terminal terminal;
  private final String command;
  private final boolean described;
  private final CommandSpec spec = CommandSpec.create();

  /**
   * @param described true when {@link #help} is to be called
   */
  Syntax(Terminal terminal, String command, boolean described) {
    this.terminal = terminal;
    this.command = command;
    this.described = described;
    spec.name("acopio " + command);
  }

  /** An option without a value; the last name is described by {@code <command>.<name>}. */
  Syntax flag(String... names) {
    return add(OptionSpec.builder(names).type(boolean.class), names);
  }

  /** An option with a value of the form that {@code label} shows. */
  Syntax value(String label, String... names) {
    return add(OptionSpec.builder(names).type(String.class).paramLabel(label), names);
  }

  private Syntax add(OptionSpec.Builder option, String... names) {
    if (described) {
      String name = names[names.length - 1].replace("-", "");
      option.description(terminal.text(command + "." + name));
    }
    spec.addOption(option.build());
    return this;
  }

  /** Any number of values without a name, described by {@code <command>.values}. */
  Syntax values(String label) {
    return positional(PositionalParamSpec.builder().type(String[].class).arity("0..*"), label);
  }

  /** At most one value without a name, described by {@code <command>.values}. */
  Syntax optionalValue(String label) {
    return positional(PositionalParamSpec.builder().type(String.class).arity("0..1"), label);
  }

  private Syntax positional(PositionalParamSpec.Builder value, String label) {
    value.paramLabel(label);
    if (described) {
      value.description(terminal.text(command + ".values"));
    }
    spec.addPositional(value.build());
    return this;
  }

  /** Arguments that begin like an option and are none count as values: negative numbers. */
  Syntax valuesMayBeginWithDash() {
    spec.parser().unmatchedOptionsArePositionalParams(true);
    return this;
  }

  /**
   * Reads the arguments after the command's name.
   *
   * @throws UsageException that tells what is wrong with them
   */
  Arguments parse(List<String> arguments) throws UsageException {
    try {
      CommandLine line = new CommandLine(spec).setExpandAtFiles(false);
      return new Arguments(line.parseArgs(arguments.toArray(new String[0])));
    } catch (ParameterException e) {
      throw new UsageException(explain(e) + " " + terminal.text("usage.help", command));
    }
  }

  private String explain(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String unknown = unmatched.getUnmatched().get(0);
      List<String> near = Nearest.to(unknown, names());
      return near.isEmpty() || !unknown.startsWith("-")
          ? terminal.text("usage.unknown", unknown)
          : terminal.text("usage.unknown.near", unknown, String.join(", ", near));
    }
    if (e instanceof MissingParameterException missing) {
      return terminal.text("usage.missing", name(missing.getMissing().get(0)));
    }
    if (e instanceof OverwrittenOptionException twice) {
      return terminal.text("usage.twice", name(twice.getOverwritten()));
    }
    return String.valueOf(e.getMessage());
  }

  private List<String> names() {
    return new ArrayList<>(spec.optionsMap().keySet());
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /** Prints what the command does, its options and its exit codes. */
  void help(PrintStream out) {
    spec.usageMessage()
        .synopsisHeading(terminal.text("help.usage"))
        .description(terminal.text(command + ".description"))
        .sortOptions(false)
        .footer("", terminal.text("help.exit"), terminal.text(command + ".exit"));
    new CommandLine(spec).usage(out, Ansi.OFF);
    out.flush();
  }

  /** What was given. */
  record Arguments(ParseResult result) {
    boolean has(String name) {
      return result.hasMatchedOption(name);
    }

    String value(String name, String otherwise) {
      return result.matchedOptionValue(name, otherwise);
    }

    /** The value of {@link Syntax#optionalValue}. */
    String optionalValue(String otherwise) {
      return result.matchedPositionalValue(0, otherwise);
    }

    List<String> values() {
      return List.of(result.matchedPositionalValue(0, new String[0]));
    }
  }
}
