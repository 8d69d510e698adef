package dev.sluice.kubeapi.schema;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;

/** The format "duration": Go's ({@code 1h30m}), and looser forms with long unit names ({@code 3 days}). */
final class Durations {

    private static final Pattern GO =
            Pattern.compile("^[-+]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$");
    private static final Pattern LOOSE = Pattern.compile("([0-9]+)\\s*([A-Za-zµ]+)");
    private static final List<String> UNITS = List.of("ns", "us", "µs", "ms", "s", "m", "h", "hr", "d", "w", "wk");
    private static final List<String> LONG_UNITS =
            List.of("nano", "micro", "milli", "sec", "min", "hour", "day", "week");

    private Durations() {}

    static boolean isDuration(String text) {
        return GO.matcher(text).find() || isLoose(text);
    }

    private static boolean isLoose(String text) {
        Matcher matcher = LOOSE.matcher(text);
        boolean found = false;
        while (matcher.find()) {
            if (matcher.group(1).length() > 18) {
                return false;
            }
            String unit = matcher.group(2).toLowerCase(Locale.ROOT);
            found |= UNITS.contains(unit) || LONG_UNITS.stream().anyMatch(unit::startsWith);
        }
        return found;
    }
}
