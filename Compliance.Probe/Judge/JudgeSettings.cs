namespace Compliance.Probe.Judge;

/// <summary>All patience of the judge. The defaults are the regulation's reading of a feed; a demo and tests shorten them.</summary>
internal sealed record JudgeSettings
{
    /// <summary>No picture for so long: suspect. A little less than five seconds, so that the round of each second that makes them five sees it.</summary>
    public TimeSpan SuspectAfter { get; init; } = TimeSpan.FromSeconds(4.9);

    /// <summary>No picture for so long, and enough failed attempts: offline.</summary>
    public TimeSpan OfflineAfter { get; init; } = TimeSpan.FromSeconds(30);

    public int FailedAttempts { get; init; } = 3;

    /// <summary>A camera never seen before is online after so much healthy media.</summary>
    public TimeSpan FirstHold { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Healthy media that ends an outage; doubled for each recovery of the last <see cref="FlappingWithin"/>.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan LongestHold { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan FlappingWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After so many recoveries the next outage is told as flapping, and stands until all has been well for <see cref="LongestHold"/>.</summary>
    public int FlappingFrom { get; init; } = 3;

    /// <summary>The window over which parameters are judged: 10 to 60 seconds.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Consecutive windows below what was declared that make a breach.</summary>
    public int BreachWindows { get; init; } = 3;

    /// <summary>Consecutive windows of another size or codec that make a breach.</summary>
    public int FormatWindows { get; init; } = 2;

    /// <summary>The share of the declared frame rate and bitrate that still passes.</summary>
    public double Tolerance { get; init; } = 0.95;

    /// <summary>A camera's clock may be off by so much.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Consecutive looks at the picture that agree.</summary>
    public int Looks { get; init; } = 3;

    /// <summary>So many bad looks in a row are told though each found something else: whoever answers differently each time is not well.</summary>
    public int MixedLooks { get; init; } = 5;

    /// <summary>Media in which no picture could be found for so long is no stream.</summary>
    public TimeSpan PictureWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Nothing for so long counts as dark, though it is no outage yet.</summary>
    public TimeSpan DarkAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Dark for a greater share of <see cref="DarkWithin"/> is an outage, however short each gap is …</summary>
    public double DarkShare { get; init; } = 0.2;

    /// <summary>… until it is dark for no more than this.</summary>
    public double DarkNoMore { get; init; } = 0.1;

    public TimeSpan DarkWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The probe calls itself blind when a greater share of its cameras goes stale together …</summary>
    public double BlindShare { get; init; } = 0.2;

    /// <summary>… or all cameras of so many venues …</summary>
    public int BlindVenues { get; init; } = 3;

    /// <summary>… within so short a time, …</summary>
    public TimeSpan BlindWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>… if it watches at least so many cameras; below, chance would do it.</summary>
    public int BlindFrom { get; init; } = 10;

    /// <summary>Cameras that stay silent while others delivered for so long are away themselves.</summary>
    public TimeSpan BlindAtMost { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>More blindness than this in an hour is not believed of numbers alone; a canary may say more.</summary>
    public TimeSpan BlindPerHour { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Its own loop was late by more than this: it did not see, whatever the cameras did.</summary>
    public TimeSpan LoopLate { get; init; } = TimeSpan.FromSeconds(2);
}
