namespace Compliance.Probe.Watch;

/// <summary>How patiently and how politely cameras are called. The defaults suit a city; a demo shortens them.</summary>
internal sealed record WatchSettings
{
    /// <summary>For a connection, and for each answer on it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For the first picture after PLAY: some cameras start slowly.</summary>
    public TimeSpan FirstPictureWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Without a picture for so long the connection is given up and made anew.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between two attempts. An outage ends with the first picture seen again, so it may be counted too long by as much.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same after a refused password: cameras lock the account of whoever insists.</summary>
    public TimeSpan LongestPauseRefused { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two attempts on one host: more has got recorders blacklisted by their own cameras.</summary>
    public TimeSpan BetweenAttemptsPerHost { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Credentials that worked within this time are not called wrong for a 401: the camera's sessions may be used up.</summary>
    public TimeSpan CredentialsTrusted { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Between any two attempts: 50 a second in all.</summary>
    public TimeSpan BetweenAttempts { get; init; } = TimeSpan.FromMilliseconds(20);
}
