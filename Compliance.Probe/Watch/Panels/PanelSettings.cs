namespace Compliance.Probe.Watch.Panels;

/// <summary>Where panels are listened for (section <c>Probe:Panels</c>), and how much one of them may cost.</summary>
internal sealed record PanelSettings
{
    /// <summary>TCP and UDP; null: nobody listens. 0: whichever is free, for tests.</summary>
    public int? Port { get; init; }

    /// <summary>Connections at once, from all and from one address.</summary>
    public int MostConnections { get; init; } = 512;

    public int MostOfOne { get; init; } = 16;

    /// <summary>A frame that began has to end within this, however slowly it drips.</summary>
    public TimeSpan FrameWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection without a frame is let go: three polls and a little.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(200);

    /// <summary>Bytes that are no frame before a connection is let go.</summary>
    public int MostGarbage { get; init; } = 4_096;
}
