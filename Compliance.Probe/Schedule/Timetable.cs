namespace Compliance.Probe.Schedule;

/// <summary>When one kind of rounds comes: after so long again, or by the calendar.</summary>
/// <param name="Cron">Seconds, minutes, hours, day of the month, month, day of the week; by the clock of the venues.</param>
internal sealed record Turn(Type Rounds, TimeSpan? Every, string? Cron)
{
    /// <summary>The first round comes with the start and not after the first wait.</summary>
    public bool AtOnce { get; init; }

    /// <summary>There is something to go round for.</summary>
    public bool IsOn { get; init; } = true;

    public string Name => Rounds.Name;
}

/// <summary>
/// All that comes again in the probe. Quartz runs it (<see cref="Clockwork"/>). Which camera's turn it is within a round, to be looked at or to prove itself,
/// is each camera's own moment, moved by chance: a city is not called in step, and no camera can foresee the second of its archive that is asked for.
/// </summary>
internal static class Timetable
{
    public static IReadOnlyList<Turn> Of(ProbeOptions options) =>
    [
        Every<JudgeRounds>(JudgeRounds.Beat),
        Every<PanelRounds>(TimeSpan.FromSeconds(1)),
        Every<ContactRounds>(TimeSpan.FromSeconds(1)),
        Every<MinuteRounds>(TimeSpan.FromSeconds(1)),
        Every<SweepRounds>(TimeSpan.FromSeconds(1)),
        Every<SightingRounds>(TimeSpan.FromSeconds(3)),
        Every<CanaryRounds>(options.CanariesEvery) with { AtOnce = true, IsOn = options.Canaries.Count > 0 },
        Every<BeatRounds>(options.HeartbeatEvery),
        Every<LookRounds>(options.Look.Every),
        Every<ModelRounds>(TimeSpan.FromSeconds(3)) with { IsOn = options.Eyes.On },
        Every<EyesRounds>(TimeSpan.FromSeconds(1)) with { IsOn = options.Eyes.On },
        Every<KnownClipRounds>(TimeSpan.FromSeconds(1)) with { IsOn = options.Eyes.On && options.KnownClips.On },
        Every<FaceRounds>(TimeSpan.FromSeconds(1)) with { IsOn = options.Eyes.On },
        Every<ProofRounds>(TimeSpan.FromSeconds(10)) with { IsOn = options.Proofs.On },
        Every<MinuteTellings>(TimeSpan.FromSeconds(20)),
        Every<DayRounds>(TimeSpan.FromMinutes(1)),

        // At five past midnight; and each hour after it, should the API have been away.
        new(typeof(DayStatements), null, "0 5 * * * ?"),

        // At ten past: a file that belongs to the hour before has then not been written for five minutes.
        new(typeof(HashRecordings), null, "0 10 * * * ?") { IsOn = options.Recordings.AreGranted },
    ];

    static Turn Every<T>(TimeSpan every) where T : Rounds => new(typeof(T), every, null);
}
