package dev.sluice.reconciler.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times that Go's library recognises: it reads them as text, and quotes text that looks like them. */
final class YamlTimestamp {

    private static final Pattern TIMESTAMP =
            Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]%1$s(?:Z|[-+]%2$s)| +%1$s)?"
                    .formatted(
                            "(?:1?[0-9]|0[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9](?:[.,][0-9]+)?",
                            "(?:[01][0-9]|2[0-4]):(?:[0-5][0-9]|60)"));

    private YamlTimestamp() {}

    static boolean matches(String text) {
        if (text.length() < 8 || text.charAt(4) != '-') {
            return false;
        }
        Matcher date = TIMESTAMP.matcher(text);
        return date.matches()
                && isDate(
                        Integer.parseInt(date.group(1)),
                        Integer.parseInt(date.group(2)),
                        Integer.parseInt(date.group(3)));
    }

    private static boolean isDate(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).getDayOfMonth() == day;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
