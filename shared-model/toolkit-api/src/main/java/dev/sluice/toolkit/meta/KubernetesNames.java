package dev.sluice.toolkit.meta;

import java.util.regex.Pattern;

/** The API server's rules for names and labels. */
public final class KubernetesNames {

    private static final int MAX_SUBDOMAIN = 253;
    private static final int MAX_LABEL = 63;

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    /** Description of what {@link #isSubdomain} accepts. */
    public static final String SUBDOMAIN_RULE =
            "lower-case letters, digits, '-' and '.', a letter or digit at both ends of each part, at most 253 characters";

    /** Description of what {@link #isNamespace} accepts. */
    public static final String NAMESPACE_RULE =
            "lower-case letters, digits and '-', a letter or digit at both ends, at most 63 characters";

    /** Description of what {@link #isLabelValue} accepts. */
    public static final String LABEL_VALUE_RULE =
            "letters, digits, '-', '_' and '.', a letter or digit at both ends, at most 63 characters";

    private KubernetesNames() {}

    /** Whether this is a valid object name (DNS-1123 subdomain). */
    public static boolean isSubdomain(String name) {
        return name.length() <= MAX_SUBDOMAIN && SUBDOMAIN.matcher(name).matches();
    }

    /** Whether this is a valid name of a namespace (DNS-1123 label). */
    public static boolean isNamespace(String name) {
        return name.length() <= MAX_LABEL && DNS_LABEL.matcher(name).matches();
    }

    /** Whether this is a valid label value. */
    public static boolean isLabelValue(String value) {
        return value.isEmpty() || isLabelKey(value);
    }

    /** Whether this is a valid label key without a prefix. */
    public static boolean isLabelKey(String key) {
        return key.length() <= MAX_LABEL && LABEL.matcher(key).matches();
    }
}
