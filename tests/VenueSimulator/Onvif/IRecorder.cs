namespace VenueSimulator.Onvif;

/// <summary>What replays a camera's recordings over RTSP.</summary>
internal interface IRecorder : IAsyncDisposable
{
    Uri Url { get; }

    /// <summary>From now on this is there, and nothing else.</summary>
    Task Hold(Recorded recorded);
}
