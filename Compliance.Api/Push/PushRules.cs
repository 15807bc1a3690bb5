using Compliance.Api.Webhooks;

namespace Compliance.Api.Push;

/// <summary>Section <c>Push</c> of the settings.</summary>
/// <param name="Contact">Whom a push service may write to about our messages (<c>mailto:</c> or <c>https:</c>, RFC 8292); without it nothing is pushed.</param>
/// <param name="Services">Push services that are spoken to: a host, or <c>*.</c> and what it ends with. One that begins with <c>http://</c> is an own one in an own network, with its port.</param>
/// <param name="ForHours">So long after the desk was last open in a browser, it is told: a shift.</param>
sealed record PushRules(string? Contact = null, string[]? Services = null, int ForHours = 12)
{
    /// <summary>Of the browsers' makers: Chromium, Firefox, Safari, Edge.</summary>
    static readonly string[] Known = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com", "*.notify.windows.com"];

    public bool IsOn => Contact is { } contact && (contact.StartsWith("mailto:", StringComparison.Ordinal) || contact.StartsWith("https:", StringComparison.Ordinal));

    /// <summary>A browser says where it is reached; what is no push service named here is not spoken to.</summary>
    public bool MayBeAt(string endpoint) => endpoint.Length <= 1_000 && Uri.TryCreate(endpoint, UriKind.Absolute, out var at) && at is { UserInfo: "", Fragment: "" } && (Services ?? Known).Any(named =>
        Own(named) is { } own ? at.GetLeftPart(UriPartial.Authority).Equals(own.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        : at is { Scheme: "https", IsDefaultPort: true } && (named.StartsWith("*.", StringComparison.Ordinal) ? at.Host.EndsWith(named[1..], StringComparison.OrdinalIgnoreCase) : at.Host.Equals(named, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Own services are the only ones that may stand inside.</summary>
    public WebhookRules Inside => new([.. (Services ?? []).Select(Own).OfType<Uri>().Select(own => $"{own.DnsSafeHost}:{own.Port}")]);

    static Uri? Own(string named) => named.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(named, UriKind.Absolute, out var own) ? own : null;
}
