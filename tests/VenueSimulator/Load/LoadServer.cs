using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VenueSimulator.Load;

/// <summary>An RTSP server with any number of cameras, for tests, benches and the demo city: cheap, paced, and faulty on request.</summary>
/// <remarks>One thread accepts, reads, sends and keeps the time, in turns. So nothing is locked, and a reply cannot land inside a media packet.</remarks>
public sealed class LoadServer : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(8);
    private readonly Socket listener;
    private readonly Thread thread;
    private readonly TlsDoor? tls;
    private readonly ConcurrentQueue<Action> errands = new();
    private readonly Dictionary<string, Camera> cameras = [];
    private readonly Dictionary<Socket, Conversation> conversations = [];
    private readonly List<Socket> readable = [];
    private readonly Random random;
    private readonly long started;
    private volatile bool stopping;

    private LoadServer(LoadSettings settings)
    {
        Settings = settings;
        random = new(settings.Seed);
        started = settings.Time.GetTimestamp();
        listener = new(settings.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(settings.Address, settings.Port));
        listener.Listen(1024);
        MediaSocket = Datagrams(settings.Address);
        ReportsSocket = Datagrams(settings.Address);
        foreach (var camera in settings.Cameras)
        {
            Add(camera);
        }

        tls = settings.Tls ? new(settings.Address, Port) : null;
        thread = new(Run) { IsBackground = true, Name = nameof(LoadServer) };
        thread.Start();
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;
    internal LoadSettings Settings { get; }
    internal Socket MediaSocket { get; }
    internal Socket ReportsSocket { get; }
    internal int MediaPort => ((IPEndPoint)MediaSocket.LocalEndPoint!).Port;
    internal int ReportsPort => ((IPEndPoint)ReportsSocket.LocalEndPoint!).Port;
    internal TimeSpan Now => Settings.Time.GetElapsedTime(started);

    public static LoadServer Start(LoadSettings settings) => new(settings);

    /// <summary>The address of a camera, without credentials.</summary>
    public Uri Url(string camera) => new UriBuilder("rtsp", Settings.Address.ToString(), Port, camera).Uri;

    /// <summary>The same over TLS; only when the settings ask for it.</summary>
    public Uri SecureUrl(string camera) => new UriBuilder("rtsps", Settings.Address.ToString(), tls!.Port, camera).Uri;

    /// <summary>From now on another certificate is shown, as by a camera that was replaced, or by somebody in between.</summary>
    public void ChangeCertificate() => tls!.Certificate = TlsDoor.NewCertificate();

    /// <summary>From now on this, and only this, is wrong with the camera; <see cref="Faults.None"/> heals it.</summary>
    public Task Inject(string camera, Faults faults) => Ask(() =>
    {
        var struck = Find(camera) ?? throw new ArgumentException($"There is no camera '{camera}'.", nameof(camera));
        struck.Suffer(faults);
        foreach (var conversation in conversations.Values.Where(c => faults.Cut && c.Camera == struck))
        {
            conversation.Connection.Close();
        }

        return true;
    });

    /// <summary>How many clients are being served the camera's media now.</summary>
    public Task<int> Viewers(string camera) => Ask(() => Find(camera)?.Viewers ?? 0);

    /// <summary>The cameras met so far, and what is wrong with each.</summary>
    public Task<IReadOnlyDictionary<string, Faults>> Cameras() => Ask<IReadOnlyDictionary<string, Faults>>(
        () => cameras.ToDictionary(camera => camera.Key, camera => camera.Value.Faults));

    public void Dispose()
    {
        tls?.Dispose();
        stopping = true;
        thread.Join();
        foreach (var conversation in conversations.Values)
        {
            conversation.Connection.Dispose();
        }

        listener.Dispose();
        MediaSocket.Dispose();
        ReportsSocket.Dispose();
    }

    internal Camera? Find(string path) =>
        cameras.TryGetValue(path, out var camera) ? camera
        : path.Split('/')[0] is var clip && Settings.Clips.ContainsKey(clip) ? Add(new(path, clip))
        : null;

    internal string NewToken() => random.NextInt64().ToString("x16", null);

    private Camera Add(CameraSetup setup) => cameras[setup.Path] = new(setup, Settings, cameras.Count);

    private Task<T> Ask<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        errands.Enqueue(() =>
        {
            try
            {
                answer.SetResult(question());
            }
            catch (ArgumentException wrong)
            {
                answer.SetException(wrong);
            }
        });
        return answer.Task;
    }

    private void Run()
    {
        for (var look = Now; !stopping; Thread.Sleep(Settings.Turn))
        {
            while (errands.TryDequeue(out var errand))
            {
                errand();
            }

            if (Now >= look)
            {
                look = Now + LookEvery;
                Look();
            }

            var (now, clock) = (Now, Settings.Time.GetUtcNow());
            foreach (var camera in cameras.Values)
            {
                camera.Turn(now, clock);
            }

            Sweep(now);
        }
    }

    // One poll over all sockets; asynchronous sockets would cost a thread hop for every packet a client acknowledges.
    private void Look()
    {
        readable.Clear();
        readable.Add(listener);
        readable.AddRange(conversations.Keys);
        Socket.Select(readable, null, null, 0);
        foreach (var socket in readable)
        {
            if (socket == listener)
            {
                Welcome();
            }
            else
            {
                conversations[socket].Listen();
            }
        }
    }

    private void Welcome()
    {
        while (listener.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            var socket = listener.Accept();
            conversations.Add(socket, new(new(socket), this));
        }
    }

    private void Sweep(TimeSpan now)
    {
        foreach (var (socket, conversation) in conversations)
        {
            conversation.Connection.Flush();
            if (conversation.Connection.Closed || now - conversation.LastHeard > Settings.SessionTimeout)
            {
                conversation.Leave();
                conversation.Connection.Dispose();
                conversations.Remove(socket);
            }
        }
    }

    private static Socket Datagrams(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }
}
