using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compliance.Probe.Tests.Tell;

namespace Compliance.Probe.Tests.Contacts;

/// <summary>Debian's own broker in a process of its own: a counterpart that was not written here.</summary>
sealed class Mosquitto : IAsyncDisposable
{
    public const string User = "probe", Password = "door-7";

    static readonly string? Program = ((string[])["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"]).FirstOrDefault(File.Exists);

    readonly Folder _folder = new();
    Process? _process;

    public int Port { get; } = Free();

    public string CaFile => _folder["ca.pem"];

    public static async Task<Mosquitto> Start(bool tls = false, bool password = false)
    {
        Assert.SkipWhen(Program is null, "mosquitto is not installed");
        var broker = new Mosquitto();
        await broker.Run(tls, password);
        return broker;
    }

    public async Task Stop()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task Run(bool tls = false, bool password = false)
    {
        List<string> lines = [$"listener {Port} 127.0.0.1", $"allow_anonymous {(password ? "false" : "true")}", "persistence false"];
        if (password)
        {
            // mosquitto's own format: $7$iterations$salt$hash, PBKDF2 with SHA-512.
            var salt = RandomNumberGenerator.GetBytes(12);
            var hash = Rfc2898DeriveBytes.Pbkdf2(Password, salt, 101, HashAlgorithmName.SHA512, 64);
            await File.WriteAllTextAsync(_folder["passwords"], $"{User}:$7$101${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}\n");
            lines.Add($"password_file {_folder["passwords"]}");
        }

        if (tls)
        {
            Certify();
            lines.AddRange([$"certfile {_folder["ca.pem"]}", $"keyfile {_folder["key.pem"]}"]);
        }

        await File.WriteAllLinesAsync(_folder["mosquitto.conf"], lines);
        LetItRead(Path.GetDirectoryName(CaFile)!);
        _process = Process.Start(new ProcessStartInfo(Program!, ["-c", _folder["mosquitto.conf"]]) { RedirectStandardError = true })!;
        while (!await Answers())
        {
            if (_process.HasExited) Assert.Fail(await _process.StandardError.ReadToEndAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _folder.Dispose();
    }

    async Task<bool> Answers()
    {
        using var wait = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        await wait.WaitForNextTickAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Started by root it becomes a user of its own, who has to read all this.</summary>
    static void LetItRead(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        foreach (var path in Directory.EnumerateFiles(folder)) File.SetUnixFileMode(path, file);
        File.SetUnixFileMode(folder, file | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
    }

    void Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(_folder["ca.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder["key.pem"], key.ExportPkcs8PrivateKeyPem());
    }

    static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
