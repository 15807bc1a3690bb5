using Compliance.Domain.Devices;

namespace Compliance.Domain.Evidence;

/// <summary>
/// When a venue as a whole was silent: something there should have answered, and nothing did. Then the power, the provider or
/// the router are as likely as the devices, and nobody knows. One device that answered shows that the way there worked.
/// </summary>
public static class Silence
{
    /// <summary>Devices do not fall silent, nor come back, in the same second: so much on either side belongs to it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>In order, without overlap, widened by <see cref="Grace"/>.</summary>
    /// <param name="version">Under <see cref="AvailabilityFormula.Attributed"/> a camera that the probe did not so much as call still counted as one that answered.</param>
    public static IReadOnlyList<Period> Of(IReadOnlyList<DeviceLine> devices, string version = AvailabilityFormula.Current)
    {
        var turns = devices.SelectMany(d => d.Stretches).Where(s => version == AvailabilityFormula.Attributed || !Detail.IsOfProbe(s.Detail)).Where(s => Answers(s) is not null)
            .SelectMany(s => new[] { (At: s.From, Answers: Answers(s)!.Value, By: 1), (At: s.Until!.Value, Answers: Answers(s)!.Value, By: -1) })
            .GroupBy(t => t.At).OrderBy(at => at.Key);
        var (silences, silent, answering, since) = (new List<Period>(), 0, 0, (DateTimeOffset?)null);
        foreach (var at in turns)
        {
            foreach (var (_, answers, by) in at)
            {
                if (answers) answering += by;
                else silent += by;
            }

            if (silent > 0 && answering == 0) since ??= at.Key;
            else if (since is { } began)
            {
                var next = new Period(began - Grace, at.Key + Grace);
                if (silences is [.., var last] && last.To >= next.From) silences[^1] = last with { To = next.To };
                else silences.Add(next);
                since = null;
            }
        }

        return silences;
    }

    /// <summary>Whether the device itself was heard by a probe; null where nobody asked. An exit is seen by people and answers nothing.</summary>
    static bool? Answers(Stretch stretch) => stretch.Verdict switch
    {
        var v when v.IsSilence() => false,
        var v when !v.SuitsA(DeviceKind.Camera) || v.Availability() == Availability.Unknown => null,
        _ => true,
    };
}
