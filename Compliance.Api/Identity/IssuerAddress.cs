namespace Compliance.Api.Identity;

/// <summary>
/// Under which address the issuer is known (<c>Identity:Issuer</c>, else the first of <c>Urls</c>) and where the portal is.
/// Plain http is good enough on the loopback interface only.
/// </summary>
internal sealed record IssuerAddress(Uri Issuer, Uri Portal)
{
    public bool IsPlainLoopback => Issuer.Scheme == Uri.UriSchemeHttp && Issuer.IsLoopback;

    /// <summary>Port 0 is only known once the host listens; then the issuer is the address it was asked under.</summary>
    public bool IsFixed => Issuer.Port != 0;

    /// <summary>Passkeys belong to a host name; an IP address can have none (WebAuthn, "RP ID").</summary>
    public bool HasName => Issuer.HostNameType == UriHostNameType.Dns;

    public string Origin => Issuer.GetLeftPart(UriPartial.Authority);

    public string PortalOrigin => Portal.GetLeftPart(UriPartial.Authority);

    public static IssuerAddress From(IConfiguration configuration) => new(
        Parse("Identity:Issuer", configuration["Identity:Issuer"] ?? configuration["Urls"]?.Split(';')[0] ?? "http://127.0.0.1:8081"),
        Parse("Portal:Url", configuration["Portal:Url"] ?? "http://127.0.0.1:8080"));

    static Uri Parse(string setting, string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri
        : throw new InvalidOperationException($"'{text}' is no address to be known under: set {setting} to one, such as https://compliance.example.kz");
}
