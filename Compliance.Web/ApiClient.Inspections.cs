using System.Globalization;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Inspections and the files that belong to them.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<InspectionRow>>> Inspections(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<InspectionRow>>($"inspections?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<Page<InspectionRow>>> InspectionsOf(Guid venue, string? cursor, CancellationToken ct) =>
        Get<Page<InspectionRow>>($"venues/{venue}/inspections?limit=20{With("after", cursor)}", ct);

    public Task<Answer<InspectionSheet>> Inspection(Guid id, CancellationToken ct) => Get<InspectionSheet>($"inspections/{id}", ct);

    public Task<Answer<CommandAnswer>> PlanInspection(InspectionCommand.Schedule plan, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{plan.VenueId}/inspections/{plan.InspectionId}", plan, ct);

    /// <summary>A visit that verifies the orders of an act.</summary>
    public Task<Answer<CommandAnswer>> PlanReInspection(Guid act, Guid id, DateOnly day, CancellationToken ct) =>
        Send(HttpMethod.Put, $"inspections/{act}/again/{id}", new ReInspectionPlan(day), ct);

    public Task<Answer<CommandAnswer>> TakeInspection(Guid id, CancellationToken ct) => Send(HttpMethod.Post, $"inspections/{id}/taken", null, ct);

    public Task<Answer<CommandAnswer>> RegisterCheck(Guid id, string number, CancellationToken ct) =>
        Send(HttpMethod.Post, $"inspections/{id}/registered", new InspectionCommand.RegisterCheck(number), ct);

    public Task<Answer<CommandAnswer>> StartInspection(Guid id, CancellationToken ct) => Send(HttpMethod.Post, $"inspections/{id}/started", null, ct);

    public Task<Answer<CommandAnswer>> RecordItem(Guid id, InspectionCommand.RecordItem item, CancellationToken ct) =>
        Send(HttpMethod.Post, $"inspections/{id}/items", item, ct);

    public Task<Answer<CommandAnswer>> SignInspection(Guid id, CancellationToken ct) => Send(HttpMethod.Post, $"inspections/{id}/signatures", null, ct);

    public Task<Answer<CommandAnswer>> RefuseSignature(Guid id, WhyUnsigned because, CancellationToken ct) =>
        Send(HttpMethod.Post, $"inspections/{id}/signature-refused", new Unsigned(because), ct);

    public Task<Answer<CommandAnswer>> IssueAct(Guid id, CancellationToken ct) => Send(HttpMethod.Post, $"inspections/{id}/act", null, ct);

    public Task<Answer<CommandAnswer>> CompleteSelfCheck(Guid id, CancellationToken ct) => Send(HttpMethod.Post, $"inspections/{id}/completed", null, ct);

    public Task<Answer<CommandAnswer>> CancelInspection(Guid id, string reason, CancellationToken ct) =>
        Send(HttpMethod.Post, $"inspections/{id}/cancelled", new InspectionCommand.Cancel(reason), ct);

    /// <summary>The bytes of a photo as they are; the caller disposes the answer.</summary>
    public async Task<Answer<HttpResponseMessage>> InspectionPhoto(Guid inspection, Guid photo, CancellationToken ct) =>
        await Whole(await Request(HttpMethod.Get, $"inspections/{inspection}/photos/{photo}"), ct);

    /// <summary>The act as the API prints it; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> InspectionAct(Guid inspection, PaperWish wish, CancellationToken ct) => Document($"inspections/{inspection}/act.pdf?{wish.Query}", ct);

    /// <summary>Hands a photo through as the browser sent it, with the hash it was taken with.</summary>
    public async Task<Answer<HttpResponseMessage>> AttachPhoto(Guid inspection, Photo photo, Stream bytes, CancellationToken ct)
    {
        var place = photo.Position is { } at ? string.Create(CultureInfo.InvariantCulture, $"&latitude={at.Latitude}&longitude={at.Longitude}") : "";
        var request = await Request(HttpMethod.Put, $"inspections/{inspection}/photos/{photo.PhotoId}?ruleId={Uri.EscapeDataString(photo.RuleId)}"
            + $"&sha256={photo.Sha256}&takenAt={Uri.EscapeDataString(photo.TakenAt.ToString("O", CultureInfo.InvariantCulture))}{place}{With("device", photo.Device)}");
        request.Content = new StreamContent(bytes);
        return await Whole(request, ct);
    }

    async Task<Answer<HttpResponseMessage>> Whole(HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            try
            {
                var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                if (response.IsSuccessStatusCode) return response;
                using (response) return await Problem.Read(response, ct);
            }
            catch (Exception broken) when (Problem.Of(broken, ct) is { } problem)
            {
                return problem;
            }
        }
    }
}
