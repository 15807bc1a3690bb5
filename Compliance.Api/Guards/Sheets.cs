using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Guards;

/// <summary>The sheets of the nights: planning shifts, closing one that was left open, counting heads. The clock is ours.</summary>
static class Sheets
{
    static readonly Refusal Unrostered = new("shift.guard-foreign", "This guard is not on the roster of the venue.", "guardId");

    /// <summary>A command told again long after is still the same; before that no night is looked for.</summary>
    static readonly TimeSpan Back = TimeSpan.FromDays(366);

    public static async Task<Answer> Plan(Guid venueId, ShiftCommand.Plan body, Knock knock, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (body.From > now + ShiftSheet.Ahead || body.From < now - Back) return ShiftSheet.TooFar;
        var (state, _, _) = await knock.Log.Load(Guarding.Decider, new("guarding", venueId), knock.Ct);
        if ((state as Guarding.Kept)?.Guard(body.GuardId) is not { Until: null }) return Unrostered;
        return await Send(venueId, Night.Of(body.From), body with { VenueId = venueId, Now = now }, knock);
    }

    public static Task<Answer> Cancel(Guid venueId, DateOnly night, ShiftCommand.Cancel body, Knock knock, TimeProvider clock) =>
        Send(venueId, night, body with { Now = clock.GetUtcNow() }, knock);

    public static Task<Answer> WriteEnd(Guid venueId, DateOnly night, ShiftCommand.WriteEnd body, Knock knock, TimeProvider clock) =>
        Send(venueId, night, body with { Now = clock.GetUtcNow() }, knock);

    public static Task<Answer> CountHeads(Guid venueId, ShiftCommand.CountHeads body, Knock knock, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return Send(venueId, Night.Of(now), body with { VenueId = venueId, Now = now }, knock);
    }

    /// <summary>The nights of a venue: those that still expect something first, then the latest.</summary>
    public static Task<Page<ShiftSheet>> List(Guid venueId, [AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(ShiftSheet.View, [venueId], paging.Size, paging.After, ct);

    static Task<Answer> Send(Guid venueId, DateOnly night, ShiftCommand command, Knock knock) =>
        knock.Send(ShiftSheet.Decider, ShiftSheet.IdOf(venueId, night), command);
}
