package dev.sluice.kubeapi.object;

import java.util.Optional;
import java.util.regex.Pattern;

/** A rule for object names. */
public enum NameRule {
    SUBDOMAIN(
            253,
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"),
    LABEL(
            63,
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and"
                    + " end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation"
                    + " is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");

    private final int maxLength;
    private final Pattern pattern;
    private final String wording;

    NameRule(int maxLength, String pattern, String wording) {
        this.maxLength = maxLength;
        this.pattern = Pattern.compile(pattern);
        this.wording = wording;
    }

    /** Returns why the name is invalid; empty if it is valid. */
    public Optional<String> violation(String name) {
        if (name.length() > maxLength) {
            return Optional.of("must be no more than " + maxLength + " characters");
        }
        return pattern.matcher(name).matches() ? Optional.empty() : Optional.of(wording);
    }
}
