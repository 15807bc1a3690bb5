using System.Diagnostics;
using System.Globalization;

namespace Compliance.Bench;

/// <summary>
/// What a camera of the bench films: its own wall clock, drawn into each picture as squares, black or white, at the instant the picture is taken, and a ground that moves so that there is something
/// to encode. Read back from the screen, the squares say how old a picture is there, with encoder, camera, network, box, relay, decoder and drawing in it.
/// <c>clock-camera FPS GOP</c> writes H.264 (Annex B, access unit delimiters) to its output, as gst_city.py takes live pictures.
/// </summary>
static class ClockCamera
{
    public const int Width = 640, Height = 360, Fps = 25;

    /// <summary>Squares of 16 pixels, whole macroblocks, in two rows of 24; none of them under the officer's mark that the screen draws.</summary>
    const int Side = 16, Across = 24, Left = 32, Top = 64;

    /// <summary>Milliseconds since 1970 in 42 bits, then the same modulo 61 in six: a picture that is misread is told from one that is old.</summary>
    const int Bits = 42, Check = 61;

    /// <summary>As a camera that wants to be quick encodes: no picture waits for a later one (x264's zerolatency: no look-ahead, no B pictures, one slice a thread).</summary>
    static readonly string[] Encoder = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-threads", "1", "-b:v", "1000k", "-maxrate", "1000k", "-bufsize", "1000k"];

    public static string Settings => $"{Width}x{Height} at {Fps} a second, x264 ultrafast zerolatency, 1 Mbit/s, no B pictures";

    /// <summary>How gst_city.py starts it.</summary>
    public static string[] Command => ["dotnet", typeof(ClockCamera).Assembly.Location, "clock-camera", "{fps}", "{gop}"];

    /// <summary>
    /// For a page that shows the camera: after each picture that is drawn, once the browser is about to show it (the next animation frame), how many milliseconds ago the camera took it; -1 where the squares
    /// cannot be read. Ends after so many milliseconds.
    /// </summary>
    public static string Read(string canvas) => string.Create(CultureInfo.InvariantCulture, $$"""
        forMs => new Promise(tell => {
          const canvas = document.querySelector('{{canvas}}'), ages = [];
          const taken = () => {
            const { data } = canvas.getContext('2d').getImageData({{Left}}, {{Top}}, {{Across * Side}}, {{2 * Side}});
            let ms = 0, check = 0;
            for (let n = 0; n < {{2 * Across}}; n++) {
              const x = n % {{Across}} * {{Side}} + {{Side / 2}}, y = Math.floor(n / {{Across}}) * {{Side}} + {{Side / 2}};
              let light = 0;
              for (let dy = -2; dy < 2; dy++) for (let dx = -2; dx < 2; dx++) light += data[((y + dy) * {{Across * Side}} + x + dx) * 4 + 1];
              const bit = light > 16 * 127 ? 1 : 0;
              if (n < {{Bits}}) ms = ms * 2 + bit; else check = check * 2 + bit;
            }
            return ms % {{Check}} === check ? ms : null;
          };
          const watch = new MutationObserver(() => {
            const ms = taken();
            if (ms === null) ages.push(-1); else requestAnimationFrame(() => ages.push(Date.now() - ms));
          });
          watch.observe(canvas, { attributes: true, attributeFilter: ['data-behind'] });
          setTimeout(() => { watch.disconnect(); tell(ages); }, forMs);
        })
        """);

    /// <summary>Films until nobody reads any more.</summary>
    public static async Task Run(string[] args)
    {
        var (fps, gop) = (double.Parse(args[0], CultureInfo.InvariantCulture), args[1]);
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-v", "error", "-fflags", "nobuffer", "-probesize", "32", "-analyzeduration", "0", "-f", "rawvideo", "-pix_fmt", "gray", "-s", $"{Width}x{Height}", "-r", args[0], "-i", "pipe:0",
            "-an", "-pix_fmt", "yuv420p", .. Encoder, "-x264-params", $"keyint={gop}:min-keyint={gop}:scenecut=0:bframes=0:repeat-headers=1:aud=1", "-flush_packets", "1", "-f", "h264", "pipe:1",
        ])
        { RedirectStandardInput = true })!;
        var picture = new byte[Width * Height];
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1 / fps));
        try
        {
            for (var n = 0; await beat.WaitForNextTickAsync(); n++)
            {
                Ground(picture, n);
                Draw(picture, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
                await ffmpeg.StandardInput.BaseStream.WriteAsync(picture);
                await ffmpeg.StandardInput.BaseStream.FlushAsync();
            }
        }
        catch (IOException)
        {
            // Nobody looks any more.
        }
    }

    static void Ground(byte[] picture, int n)
    {
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++) picture[(y * Width) + x] = (byte)(64 + ((x + y + (3 * n)) & 127));
    }

    static void Draw(byte[] picture, long ms)
    {
        var bits = ((ulong)ms << 6) | (ulong)(ms % Check);
        for (var n = 0; n < 2 * Across; n++)
        {
            var shade = (bits >> (2 * Across - 1 - n) & 1) == 1 ? (byte)235 : (byte)16;
            var (x, y) = (Left + (n % Across * Side), Top + (n / Across * Side));
            for (var row = y; row < y + Side; row++) picture.AsSpan((row * Width) + x, Side).Fill(shade);
        }
    }
}
