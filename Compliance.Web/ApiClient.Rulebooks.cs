using System.Globalization;
using System.Text.Json.Nodes;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Rulebooks, and what they say of venues.</summary>
public sealed partial class ApiClient
{
    /// <param name="asOf">An instant that has passed; null: now.</param>
    /// <param name="rulebook">Null: the one that is usual here.</param>
    public Task<Answer<VenueCompliance>> Compliance(Guid venue, DateTimeOffset? asOf, string? rulebook, CancellationToken ct) => Get<VenueCompliance>(
        $"venues/{venue}/compliance?{With("asOf", asOf?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))}{With("rulebook", rulebook)}", ct);

    public Task<Answer<FleetCompliance>> FleetCompliance(CancellationToken ct) => Get<FleetCompliance>("compliance/statistics", ct);

    public Task<Answer<IReadOnlyList<RulebookCard>>> Rulebooks(CancellationToken ct) => Get<IReadOnlyList<RulebookCard>>("rulebooks", ct);

    /// <summary>A rulebook as it is written: its version in force.</summary>
    public Task<Answer<JsonObject>> RulebookText(string rulebook, CancellationToken ct) => Get<JsonObject>(Path(rulebook), ct);

    public Task<Answer<RulebookRow>> RulebookVersions(string rulebook, CancellationToken ct) => Get<RulebookRow>($"{Path(rulebook)}/versions", ct);

    /// <param name="to">A version, or <c>draft</c>.</param>
    public Task<Answer<RulebookDiff>> RulebookDiff(string rulebook, string from, string to, CancellationToken ct) =>
        Get<RulebookDiff>($"{Path(rulebook)}/diff?{With("from", from)}{With("to", to)}", ct);

    public Task<Answer<CommandAnswer>> DraftRulebook(string rulebook, string text, CancellationToken ct) =>
        Send(HttpMethod.Put, $"{Path(rulebook)}/draft", new { text }, ct);

    public Task<Answer<CommandAnswer>> PublishRulebook(string rulebook, string version, string hash, CancellationToken ct) =>
        Send(HttpMethod.Post, $"{Path(rulebook)}/published", new { version, hash }, ct);

    public Task<Answer<CommandAnswer>> RetireRulebook(string rulebook, string version, DateOnly until, string reason, CancellationToken ct) =>
        Send(HttpMethod.Post, $"{Path(rulebook)}/retired", new { version, until, reason }, ct);

    public Task<Answer<WhatIfState>> WhatIf(string rulebook, CancellationToken ct) => Get<WhatIfState>($"{Path(rulebook)}/what-if", ct);

    public Task<Answer<WhatIfState>> StartWhatIf(string rulebook, CancellationToken ct) => Send<WhatIfState>(HttpMethod.Post, $"{Path(rulebook)}/what-if", null, ct);

    public Task<Answer<WhatIfState>> StopWhatIf(string rulebook, CancellationToken ct) => Send<WhatIfState>(HttpMethod.Post, $"{Path(rulebook)}/what-if/stopped", null, ct);

    /// <summary>The monthly calculation index: what is known of it, the newest on top.</summary>
    public Task<Answer<MciShown>> Mci(CancellationToken ct) => Get<MciShown>("mci", ct);

    public Task<Answer<CommandAnswer>> SetMci(MciWord word, CancellationToken ct) => Send(HttpMethod.Post, "mci", word, ct);

    public Task<Answer<CommandAnswer>> CorrectMci(MciCorrection word, CancellationToken ct) => Send(HttpMethod.Post, "mci/corrected", word, ct);

    static string Path(string rulebook) => $"rulebooks/{Uri.EscapeDataString(rulebook)}";
}
