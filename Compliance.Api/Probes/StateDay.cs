using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>A box says what one of its days was.</summary>
static class StateDay
{
    public static IResult Handle(DayStatement body, Caller probe, StatementStore days)
    {
        if (body.ProbeId != probe.Id) return Problems.Of(Problems.OtherId("probeId"));
        if (!days.Takes(body)) throw new Malformed("day", "A day that is over, with no more minutes than it has.");
        days.Keep(body);
        return TypedResults.NoContent();
    }
}
