package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.Required;

/**
 * A trusted signer in keyless verification; both fields are regular expressions.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param issuer a regular expression (Go's syntax) for the issuer of the certificate
 * @param subject a regular expression (Go's syntax) for the subject of the certificate
 */
public record OIDCIdentityMatch(String issuer, String subject) {

    public OIDCIdentityMatch {
        Required.field(issuer, "OIDCIdentityMatch", "issuer");
        Required.field(subject, "OIDCIdentityMatch", "subject");
    }
}
