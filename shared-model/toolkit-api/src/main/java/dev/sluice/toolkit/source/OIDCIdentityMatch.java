package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.Required;

/** A trusted signer in keyless verification; both fields are regular expressions. */
public record OIDCIdentityMatch(String issuer, String subject) {

    public OIDCIdentityMatch {
        Required.field(issuer, "OIDCIdentityMatch", "issuer");
        Required.field(subject, "OIDCIdentityMatch", "subject");
    }
}
