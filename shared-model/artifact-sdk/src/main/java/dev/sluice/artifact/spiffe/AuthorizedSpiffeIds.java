package dev.sluice.artifact.spiffe;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The SPIFFE IDs of authorized peers, in the forms of Flux: {@code spiffe://example.org} is every ID of the trust
 * domain, {@code spiffe://example.org/path} exactly this ID, and {@code spiffe://example.org/path/} every ID with this
 * prefix. The trust domain {@code self} is that of the process's own ID.
 */
public final class AuthorizedSpiffeIds {

    /** The allowed forms, for error messages. */
    public static final String FORMS =
            "spiffe://TRUST-DOMAIN for every ID of a trust domain, spiffe://TRUST-DOMAIN/PATH"
                    + " for one ID, or spiffe://TRUST-DOMAIN/PATH/ for every ID with this prefix; \"self\" is the"
                    + " trust domain of this process";

    private static final String SELF = "self";

    private final List<Form> forms;

    private AuthorizedSpiffeIds(List<Form> forms) {
        this.forms = forms;
    }

    /**
     * Parses the forms.
     *
     * @throws IllegalArgumentException if there is none, or one is invalid; the message names it
     */
    public static AuthorizedSpiffeIds parse(List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("no SPIFFE ID is authorized; use " + FORMS);
        }
        return new AuthorizedSpiffeIds(texts.stream().map(Form::parse).toList());
    }

    /** Whether one of the forms authorizes the ID. */
    boolean authorize(SpiffeId peer, String ownTrustDomain) {
        return forms.stream().anyMatch(form -> form.matches(peer, ownTrustDomain));
    }

    /** Returns the forms as they were parsed, separated by commas, which no ID contains. */
    @Override
    public String toString() {
        return forms.stream().map(Form::toString).collect(Collectors.joining(","));
    }

    /** The text of an ID, with a slash at its end if it is a prefix. */
    private record Form(SpiffeId id, boolean prefix) {

        static Form parse(String text) {
            boolean prefix = text.endsWith("/");
            try {
                return new Form(SpiffeId.parse(prefix ? text.substring(0, text.length() - 1) : text), prefix);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("\"" + text + "\" does not match a SPIFFE ID; use " + FORMS, e);
            }
        }

        boolean matches(SpiffeId peer, String ownTrustDomain) {
            String trustDomain = id.trustDomain().equals(SELF) ? ownTrustDomain : id.trustDomain();
            return peer.trustDomain().equals(trustDomain) && matchesPath(peer.path());
        }

        private boolean matchesPath(String path) {
            if (prefix) {
                return path.startsWith(id.path() + "/");
            }
            return id.path().isEmpty() || path.equals(id.path());
        }

        @Override
        public String toString() {
            return prefix ? id + "/" : id.toString();
        }
    }
}
