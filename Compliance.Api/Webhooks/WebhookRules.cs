using Compliance.Domain.Webhooks;

namespace Compliance.Api.Webhooks;

/// <summary>Section <c>Webhooks</c> of the settings.</summary>
/// <param name="InsideHosts">Hosts (<c>name</c> or <c>name:port</c>) that may stand in an own network, and there without TLS: a control centre in the same building, tests.</param>
/// <param name="TimeoutSeconds">So long one attempt may take, from the name to the answer.</param>
/// <param name="WorthHours">What happened longer ago is told to nobody for the first time.</param>
/// <param name="KeepDays">So long what arrived, or never did, is listed.</param>
sealed record WebhookRules(string[]? InsideHosts = null, int TimeoutSeconds = 10, int WorthHours = 24, int KeepDays = 14)
{
    public bool MayBeInside(string url) => Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) && MayBeInside(address.DnsSafeHost, address.Port);

    public bool MayBeInside(string host, int port) =>
        InsideHosts?.Any(named => named.Equals(host, StringComparison.OrdinalIgnoreCase) || named.Equals($"{host}:{port}", StringComparison.OrdinalIgnoreCase)) == true;
}
