namespace Compliance.Web.Shell;

/// <summary>Where the API is: for the portal's own calls, and for the browser, which may have to take another way.</summary>
public sealed record ApiAddress(Uri Inside, Uri Public)
{
    public static ApiAddress From(IConfiguration settings)
    {
        var inside = Folder(settings["Api:Url"] ?? "http://127.0.0.1:8081");
        return new(inside, settings["Api:PublicUrl"] is { } other ? Folder(other) : inside);
    }

    /// <summary>An address of the API as the browser has to write it.</summary>
    public string ForBrowser(string address) =>
        address.StartsWith(Inside.AbsoluteUri, StringComparison.OrdinalIgnoreCase) ? Public.AbsoluteUri + address[Inside.AbsoluteUri.Length..] : address;

    static Uri Folder(string url) => new(url.EndsWith('/') ? url : url + "/");
}
