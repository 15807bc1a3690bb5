using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>The doors of duties.</summary>
public sealed partial class ApiClient
{
    /// <param name="open">Only those somebody has still to act on.</param>
    public Task<Answer<Page<DutyShown>>> Duties(bool open, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<DutyShown>>($"duties?limit={limit}{(open ? "&open=true" : "")}{With("after", cursor)}", ct);

    public Task<Answer<Page<DutyShown>>> DutiesOf(Guid venue, CancellationToken ct) => Get<Page<DutyShown>>($"venues/{venue}/duties?limit=200", ct);

    public Task<Answer<DutyShown>> Duty(Guid duty, CancellationToken ct) => Get<DutyShown>($"duties/{duty}", ct);

    /// <summary>The caller has it before him.</summary>
    public Task<Answer<CommandAnswer>> ReadDuty(Guid duty, CancellationToken ct) => Send(HttpMethod.Post, $"duties/{duty}/read", null, ct);

    public Task<Answer<CommandAnswer>> AskExtension(Guid duty, ExtensionWish wish, CancellationToken ct) =>
        Send(HttpMethod.Post, $"duties/{duty}/extension-asked", wish, ct);

    public Task<Answer<CommandAnswer>> DecideExtension(Guid duty, ExtensionDecision decision, CancellationToken ct) =>
        Send(HttpMethod.Post, $"duties/{duty}/extension-decided", decision, ct);

    public Task<Answer<CommandAnswer>> ShowRepair(Guid duty, byte[] picture, CancellationToken ct) =>
        Send(HttpMethod.Post, $"duties/{duty}/repair-shown", new ByteArrayContent(picture), ct);

    /// <summary>The picture, byte by byte; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> RepairPhoto(Guid duty, CancellationToken ct) => Document($"duties/{duty}/photo", ct);

    public Task<Answer<CommandAnswer>> FindRepair(Guid duty, RepairFound found, CancellationToken ct) =>
        Send(HttpMethod.Post, $"duties/{duty}/repair-found", found, ct);
}
