using System.Text.Json.Serialization;

namespace Compliance.Domain.Probes;

//   POST /probe/statements               DayStatement -> 204; one a day, told again it counts once

/// <summary>What a box says of one day of its own when that is over: how long it watched, and what it could not. Telemetry, kept as long as the minutes of cameras.</summary>
/// <param name="Day">By the venues' clock.</param>
/// <param name="RanMinutes">In which it ran; the others are a gap.</param>
/// <param name="BlindMinutes">In which the fault was on its own side.</param>
/// <param name="CanarySilentMinutes">In which none of its canaries answered.</param>
/// <param name="Starts">How often it was started.</param>
/// <param name="MostCameras">As many cameras it was asked to watch at once.</param>
/// <param name="MostWaiting">As many observations waited for the API at once.</param>
/// <param name="Taken">Observations the API took.</param>
/// <param name="Refused">Observations the API refused, those of lost leases too.</param>
/// <param name="LeasesLost">Observations that were refused because another probe had taken the venue.</param>
public sealed record DayStatement(
    Guid ProbeId, DateOnly Day, int RanMinutes = 0, int BlindMinutes = 0, int CanarySilentMinutes = 0, int Starts = 0, int MostCameras = 0, int MostWaiting = 0, int Taken = 0, int Refused = 0, int LeasesLost = 0)
{
    public const int WholeDay = 1_440;

    [JsonIgnore]
    public int GapMinutes => WholeDay - RanMinutes;

    /// <summary>It can be true at all.</summary>
    [JsonIgnore]
    public bool IsSound => RanMinutes is >= 0 and <= WholeDay && BlindMinutes >= 0 && BlindMinutes <= RanMinutes && CanarySilentMinutes >= 0 && CanarySilentMinutes <= RanMinutes
        && Starts >= 0 && MostCameras >= 0 && MostWaiting >= 0 && Taken >= 0 && Refused >= 0 && LeasesLost >= 0 && LeasesLost <= Refused;
}
