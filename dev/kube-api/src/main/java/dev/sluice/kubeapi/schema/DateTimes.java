package dev.sluice.kubeapi.schema;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;

/** Parses {@code date-time} like the API server, which accepts more than RFC 3339: any offset, and lower case. */
final class DateTimes {

    private static final Pattern TIME =
            Pattern.compile("^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$");
    private static final int DATE_LENGTH = 10;

    private DateTimes() {}

    static boolean isDateTime(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("t", -1);
        if (parts.length < 2 || !isDate(parts[0])) {
            return false;
        }
        Matcher time = TIME.matcher(parts[1]);
        return time.find()
                && time.group(1).compareTo("23") <= 0
                && time.group(2).compareTo("59") <= 0
                && time.group(3).compareTo("59") <= 0;
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return text.length() == DATE_LENGTH;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
