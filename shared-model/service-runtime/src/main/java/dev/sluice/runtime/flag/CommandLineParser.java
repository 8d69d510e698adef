package dev.sluice.runtime.flag;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses one command line. */
final class CommandLineParser {

    private final FlagSet flags;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> springArguments = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final Set<String> unimplemented = new LinkedHashSet<>();
    private boolean help;
    private boolean version;

    CommandLineParser(FlagSet flags) {
        this.flags = flags;
    }

    CommandLine parse(List<String> arguments) {
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--")) {
                rest.forEachRemaining(ignored::add);
            } else if (argument.equals("-h")) {
                help = true;
            } else if (argument.startsWith("--")) {
                option(argument, rest);
            } else if (argument.startsWith("-") && argument.length() > 1) {
                throw unknown(argument);
            } else {
                ignored.add(argument);
            }
        }
        if (!unimplemented.isEmpty()) {
            throw new UsageException(
                    UsageException.BAD_USAGE,
                    "flags of Flux controllers that " + flags.program() + " does not implement: "
                            + String.join(", ", unimplemented) + "; remove them");
        }
        return new CommandLine(values, springArguments, ignored, help, version);
    }

    private void option(String argument, Iterator<String> rest) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
        String value = equals < 0 ? null : argument.substring(equals + 1);
        if (name.contains(".")) {
            springArguments.add(argument);
        } else if (name.equals("help")) {
            help = true;
        } else if (name.equals("version")) {
            version = true;
        } else if (flags.isUnimplemented(name)) {
            unimplemented.add("--" + name);
        } else {
            Flag flag = flags.find(name).orElseThrow(() -> unknown("--" + name));
            set(flag, value(flag, value, rest));
        }
    }

    private static String value(Flag flag, @Nullable String attached, Iterator<String> rest) {
        if (attached != null) {
            return attached;
        }
        if (flag.type().isBoolean()) {
            return "true";
        }
        if (!rest.hasNext()) {
            throw needsValue(flag);
        }
        return rest.next();
    }

    private static UsageException needsValue(Flag flag) {
        return new UsageException(
                UsageException.BAD_USAGE,
                "--" + flag.name() + " needs a value: " + flag.type().allowed());
    }

    private void set(Flag flag, String value) {
        if (value.isEmpty() && flag.type().equals(FlagType.SPIFFE_IDS)) {
            // without an ID, mutual TLS would be off
            throw needsValue(flag);
        }
        String previous = values.get(flag.name());
        String merged = flag.type().merges() && previous != null ? previous + "," + value : value;
        values.put(flag.name(), flag.canonical("--" + flag.name(), merged));
    }

    private UsageException unknown(String argument) {
        return new UsageException(
                UsageException.BAD_USAGE,
                "unknown flag " + SingleLine.of(argument) + "; \"" + flags.program() + " --help\" lists the flags");
    }
}
