using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Complaints: what anybody may hand in and ask, and the office that answers.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<VenueSign>> VenueSign(Guid venue, CancellationToken ct) => Get<VenueSign>($"public/venues/{venue}/sign", ct);

    public Task<Answer<ComplaintStatus>> Complain(Guid complaint, ComplaintForm form, CancellationToken ct) =>
        Send<ComplaintStatus>(HttpMethod.Put, $"public/complaints/{complaint}", form, ct, key: complaint);

    public Task<Answer<ComplaintStatus>> ComplaintStatus(Guid complaint, CancellationToken ct) => Get<ComplaintStatus>($"public/complaints/{complaint}", ct);

    public Task<Answer<Page<ComplaintRow>>> Complaints(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<ComplaintRow>>($"complaints?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<ComplaintFigures>> ComplaintFigures(CancellationToken ct) => Get<ComplaintFigures>("complaints/figures", ct);

    /// <summary>That it was read stands in the log, where the complainant sees it.</summary>
    public Task<Answer<ComplaintLetter>> ReadComplaintLetter(Guid complaint, CancellationToken ct) =>
        Send<ComplaintLetter>(HttpMethod.Post, $"complaints/{complaint}/letter-read", null, ct);

    public Task<Answer<CommandAnswer>> AnswerComplaint(Guid complaint, ComplaintOutcome outcome, CancellationToken ct) =>
        Send(HttpMethod.Post, $"complaints/{complaint}/answered", new ComplaintCommand.Answer(outcome), ct);

    public Task<Answer<CommandAnswer>> CloseComplaint(Guid complaint, CancellationToken ct) =>
        Send(HttpMethod.Post, $"complaints/{complaint}/closed", new ComplaintCommand.Close(), ct);
}
