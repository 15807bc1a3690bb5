using System.Globalization;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>The plan of a venue and the pictures under its floors, and how those are reached who answer for it.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<PlanCard>> Plan(Guid venue, CancellationToken ct) => Get<PlanCard>($"venues/{venue}/plan", ct);

    public Task<Answer<CommandAnswer>> DrawPlan(Guid venue, IReadOnlyList<Floor> floors, long revision, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/plan", new VenueCommand.DrawPlan(floors), ct, revision);

    /// <summary>Hands a picture through as the browser sent it.</summary>
    public async Task<Answer<HttpResponseMessage>> PutPlanPicture(Guid venue, int level, Stream bytes, CancellationToken ct)
    {
        var request = await Request(HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"venues/{venue}/plan/picture?level={level}"));
        request.Content = new StreamContent(bytes);
        return await Whole(request, ct);
    }

    /// <summary>The caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> PlanPicture(Guid venue, string sha256, CancellationToken ct) => Document($"venues/{venue}/plan/pictures/{Uri.EscapeDataString(sha256)}", ct);

    /// <summary>That they were told stands in the log.</summary>
    public Task<Answer<VenueContacts>> VenueContacts(Guid incident, CancellationToken ct) => Get<VenueContacts>($"incidents/{incident}/contacts", ct);
}
