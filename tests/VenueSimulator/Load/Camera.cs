namespace VenueSimulator.Load;

/// <summary>One camera: a place in its clip, a running sequence, the viewers who get the same bytes at the same time.</summary>
internal sealed class Camera(CameraSetup setup, LoadSettings settings, int number)
{
    private readonly Random random = new(unchecked((int)HashCodeOf(settings.Seed, number)));
    private readonly List<Viewer> viewers = [];
    private Clip clip = settings.Clip(setup.Clip);
    private TimeSpan due;        // when the next part leaves, in the server's time
    private TimeSpan reportDue;
    private int picture;         // place in the clip
    private int part;            // place in the picture
    private ushort sequence = (ushort)HashCodeOf(settings.Seed, number);
    private uint timestamp = HashCodeOf(number, settings.Seed);
    private uint packets, bytes;
    private byte[] scratch = [];

    public string Path => setup.Path;
    public Faults Faults { get; private set; } = Faults.None;
    public int Sessions { get; set; }
    public int Viewers => viewers.Count;
    public ushort NextSequence => sequence;
    public uint Timestamp => timestamp;
    public uint Source { get; } = HashCodeOf(settings.Seed, ~number);
    public AuthSchemes Auth => Login is null ? AuthSchemes.None : Faults.Auth ?? settings.Auth;
    public string Describe() => Sdp.Of(settings.Clip(Faults.SdpOf ?? Faults.Clip ?? setup.Clip), Path);

    public Login? Login => (setup.Login ?? settings.Login) is { } login
        ? login with { Password = Faults.Password ?? login.Password }
        : null;

    private double Fps => Faults.Fps ?? clip.Fps;

    public void Suffer(Faults faults)
    {
        _ = settings.Clip(faults.SdpOf ?? setup.Clip);
        var next = settings.Clip(faults.Clip ?? setup.Clip);
        if (next != clip)
        {
            (clip, picture, part) = (next, 0, 0);
        }

        Faults = faults;
    }

    /// <summary>The first viewer starts the camera, at the place its phase group has in time.</summary>
    public void Join(Viewer viewer, TimeSpan now)
    {
        if (viewers.Count == 0)
        {
            var phase = clip.Gop * (number % settings.Groups) / settings.Groups;
            var frame = Math.Ceiling((now + clip.Gop - phase).TotalSeconds * Fps);
            due = TimeSpan.FromSeconds(frame / Fps) - clip.Gop + phase;
            (picture, part, reportDue) = ((int)(frame % clip.Units.Count), 0, due);
        }

        viewers.Add(viewer);
    }

    public void Leave(Viewer viewer) => viewers.Remove(viewer);

    /// <summary>Sends what is due by now. A server that was held up drops the time it lost: no burst makes up for it.</summary>
    public void Turn(TimeSpan now, DateTimeOffset clock)
    {
        if (viewers.Count == 0)
        {
            return;
        }

        if (now - due > TimeSpan.FromSeconds(1))
        {
            due = now;
        }

        for (; due <= now; due += TimeSpan.FromSeconds(1 / (Fps * settings.Parts)))
        {
            if (!Faults.Stalled)
            {
                Send(clock);
            }

            if (++part >= settings.Parts)
            {
                (part, picture) = (0, (picture + 1) % clip.Units.Count);
                timestamp += (uint)Math.Round(90000 / Fps);
            }
        }
    }

    private void Send(DateTimeOffset clock)
    {
        if (part == 0)
        {
            Report(clock);
        }

        var unit = Faults.Frozen ? clip.FirstKeyframe : clip.Units[picture];
        var (first, end) = (unit.Packets * part / settings.Parts, unit.Packets * (part + 1) / settings.Parts);
        if (first == end || (Faults.Starved && unit.Keyframe))
        {
            return;
        }

        var wire = Stamp(unit, first, end);
        if (random.NextDouble() < Faults.Garbage)
        {
            random.NextBytes(wire);
        }

        foreach (var viewer in viewers)
        {
            viewer.Show(wire, due, startsPicture: first == 0, IsLost);
        }
    }

    private bool IsLost() => Faults.Loss > 0 && random.NextDouble() < Faults.Loss;

    private Span<byte> Stamp(AccessUnit unit, int first, int end)
    {
        var wire = unit.Wire.AsSpan(unit.Starts[first]..unit.Starts[end]);
        if (scratch.Length < wire.Length)
        {
            scratch = new byte[wire.Length * 2];
        }

        wire.CopyTo(scratch);
        for (var i = first; i < end; i++)
        {
            RtpCutter.Stamp(scratch.AsSpan(unit.Starts[i] - unit.Starts[first]), sequence++, timestamp, Source);
        }

        packets += (uint)(end - first);
        bytes += (uint)(wire.Length - (end - first) * (RtpCutter.Framing + RtpCutter.Header));
        return scratch.AsSpan(0, wire.Length);
    }

    private void Report(DateTimeOffset clock)
    {
        var news = viewers.Exists(viewer => !viewer.Reported && viewer.From <= due);
        if (due < reportDue && !news)
        {
            return;
        }

        reportDue = due + SenderReport.Every;
        var report = SenderReport.Write(clock + Faults.ClockSkew, timestamp, Source, packets, bytes);
        foreach (var viewer in viewers)
        {
            viewer.ShowReport(report, due);
        }
    }

    private static uint HashCodeOf(int a, int b) => (uint)new Random(unchecked(a * 486187739 + b)).NextInt64(uint.MaxValue);
}
