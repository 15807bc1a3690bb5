using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Rulebooks;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Certificates, and what everybody may read of them.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<LicenceCard>> Licence(Guid venue, CancellationToken ct) => Get<LicenceCard>($"venues/{venue}/licence", ct);

    public Task<Answer<Page<StoredFact>>> LicenceHistory(Guid venue, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<StoredFact>>($"venues/{venue}/licence/history?limit={limit}{With("after", cursor)}", ct);

    /// <param name="awaiting">Only those that wait for an officer.</param>
    public Task<Answer<Page<LicenceCard>>> Licences(bool awaiting, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<LicenceCard>>($"licences?limit={limit}{(awaiting ? "&awaiting=true" : "")}{With("after", cursor)}", ct);

    /// <summary>What the rules say of a venue now.</summary>
    public Task<Answer<VenueCompliance>> Compliance(Guid venue, CancellationToken ct) => Get<VenueCompliance>($"venues/{venue}/compliance", ct);

    public Task<Answer<CommandAnswer>> DraftLicence(Guid venue, LicenceCommand.Draft command, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/licence/draft", command, ct);

    public Task<Answer<CommandAnswer>> PublishReply(Guid venue, string text, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/licence/reply", new ReplyWords(text), ct);

    public Task<Answer<CommandAnswer>> WithdrawReply(Guid venue, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/licence/reply/withdrawn", null, ct);

    public Task<Answer<CommandAnswer>> GrantLicence(Guid venue, GrantOrder order, long revision, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/licence/granted", order, ct, revision);

    /// <summary>What an owner asks for or an officer decides, on the state of things he looked at.</summary>
    public Task<Answer<CommandAnswer>> Licensing(Guid venue, LicenceCommand command, long? revision, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/licence/{DoorOf(command)}", command, ct, revision);

    static string DoorOf(LicenceCommand command) => command switch
    {
        LicenceCommand.Submit => "submitted",
        LicenceCommand.ApplyForRenewal => "renewal",
        LicenceCommand.Return => "returned",
        LicenceCommand.OrderInspection => "inspection-ordered",
        LicenceCommand.Refuse => "refused",
        LicenceCommand.AttachCondition => "conditions",
        LicenceCommand.LiftCondition => "conditions/lifted",
        LicenceCommand.DismissProposal => "proposals/dismissed",
        LicenceCommand.Suspend => "suspended",
        LicenceCommand.Reinstate => "reinstated",
        LicenceCommand.Renew => "renewed",
        LicenceCommand.RefuseRenewal => "renewal-refused",
        LicenceCommand.Revoke => "revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No door takes this."),
    };

    /// <summary>The sheet for the door as PDF; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> Certificate(Guid venue, PaperWish wish, CancellationToken ct) => Document($"venues/{venue}/licence/certificate.pdf?{wish.Query}", ct);

    // For everybody
    public Task<Answer<DoorPage>> AtTheDoor(string key, CancellationToken ct) => Get<DoorPage>($"public/venues/{Uri.EscapeDataString(key)}", ct);

    public Task<Answer<Page<RegisterEntry>>> PublicRegister(string? search, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<RegisterEntry>>($"public/register?limit={limit}{With("search", search)}{With("after", cursor)}", ct);
}
