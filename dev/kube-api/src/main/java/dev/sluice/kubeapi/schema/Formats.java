package dev.sluice.kubeapi.schema;

import com.google.re2j.Pattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The formats of strings that the real server checks. Others are documentation. */
final class Formats {

    private static final Pattern DATE_TIME =
            Pattern.compile("^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$");
    private static final Pattern BASE64 =
            Pattern.compile("^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$");

    private static final Map<String, Predicate<String>> CHECKS = Map.ofEntries(
            Map.entry("bsonobjectid", matching("^[0-9a-fA-F]{24}$")),
            Map.entry("uri", Formats::isUri),
            Map.entry("email", matching("^[^\\s@<>]+@[^\\s@<>]+$|^[^<>]*<[^\\s@<>]+@[^\\s@<>]+>$")),
            Map.entry("hostname", Formats::isHostname),
            Map.entry("ipv4", Addresses::isIpv4),
            Map.entry("ipv6", Addresses::isIpv6),
            Map.entry("cidr", Addresses::isCidr),
            Map.entry(
                    "mac",
                    matching("^([0-9a-fA-F]{2}[:-]){5}([0-9a-fA-F]{2}[:-]{1}){0,2}[0-9a-fA-F]{2}$"
                            + "|^([0-9a-fA-F]{4}\\.){2}[0-9a-fA-F]{4}$")),
            Map.entry("uuid", uuid("[0-9a-f]{4}", "[0-9a-f]{4}")),
            Map.entry("uuid3", uuid("3[0-9a-f]{3}", "[0-9a-f]{4}")),
            Map.entry("uuid4", uuid("4[0-9a-f]{3}", "[89ab][0-9a-f]{3}")),
            Map.entry("uuid5", uuid("5[0-9a-f]{3}", "[89ab][0-9a-f]{3}")),
            Map.entry("isbn", text -> BookNumbers.isIsbn10(text) || BookNumbers.isIsbn13(text)),
            Map.entry("isbn10", BookNumbers::isIsbn10),
            Map.entry("isbn13", BookNumbers::isIsbn13),
            Map.entry("creditcard", BookNumbers::isCreditCard),
            Map.entry("ssn", matching("^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$")),
            Map.entry("hexcolor", matching("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")),
            Map.entry(
                    "rgbcolor",
                    matching("^rgb\\(" + "\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*,".repeat(2)
                            + "\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*\\)$")),
            Map.entry("byte", text -> BASE64.matcher(text).find()),
            Map.entry("password", text -> true),
            Map.entry("date", Formats::isDate),
            Map.entry("duration", Durations::isDuration),
            Map.entry("datetime", Formats::isDateTime));

    private Formats() {}

    /** The name without its dashes, which do not count; "" when the format is not one that is checked. */
    static String normalized(String format) {
        return CHECKS.containsKey(format.replace("-", "")) ? format : "";
    }

    static boolean matches(String format, String text) {
        return CHECKS.getOrDefault(format.replace("-", ""), any -> true).test(text);
    }

    private static Predicate<String> matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> pattern.matcher(text).find();
    }

    private static Predicate<String> uuid(String third, String fourth) {
        return matching("(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?" + third + "-?" + fourth + "-?[0-9a-f]{12}$");
    }

    private static final Pattern SCHEME_ONLY = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*:(//)?$");

    private static boolean isUri(String text) {
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null || text.startsWith("/");
        } catch (URISyntaxException e) {
            // a scheme alone is no URI to Java, but one to Go
            return SCHEME_ONLY.matcher(text).find();
        }
    }

    private static final Pattern HOSTNAME =
            Pattern.compile("^([a-zA-Z0-9\\p{S}\\p{L}]((-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?)"
                    + "|([a-zA-Z0-9\\p{S}\\p{L}](([a-zA-Z0-9-\\p{S}\\p{L}]{0,61}[a-zA-Z0-9\\p{S}\\p{L}])?)(\\.)){1,}"
                    + "([a-zA-Z\\p{L}]){2,63})$");

    private static boolean isHostname(String text) {
        boolean shortEnough = text.length() <= 255;
        for (String label : text.split("\\.", -1)) {
            shortEnough &= label.length() <= 63;
        }
        return shortEnough && HOSTNAME.matcher(text).find();
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return text.length() == 10;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("t", -1);
        if (text.length() < 4 || parts.length < 2 || !isDate(parts[0])) {
            return false;
        }
        var time = DATE_TIME.matcher(parts[1]);
        return time.find()
                && time.group(1).compareTo("23") <= 0
                && time.group(2).compareTo("59") <= 0
                && time.group(3).compareTo("59") <= 0;
    }
}
