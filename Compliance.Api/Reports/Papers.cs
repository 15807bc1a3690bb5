using Compliance.Api.Evidence;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Reports;

/// <summary>Answers a reader with a document in the form that was wished for, of everything that was written before he asked: no paper may lack a case only because a view is behind.</summary>
sealed class Papers(PageHtml pages, Issuer issuer, OwnWrites writes)
{
    /// <param name="compose">Null where there is no such document.</param>
    /// <param name="absent">What is said then.</param>
    /// <exception cref="TimeoutException">The views are too far behind; asked again in a moment they may be there.</exception>
    public async Task<IResult> Answer(Wish wish, Func<Words, Task<IPaper?>> compose, Func<Words, Refusal> absent, CancellationToken ct)
    {
        if (wish.Fault is { } fault) return Problems.Of(fault);
        await writes.Demand(ct);
        if (await compose(wish.Words!) is not { } paper) return Problems.Of(absent(wish.Words!));
        if (wish.Form == Form.Screen) return new OnScreen(await paper.Render(pages));
        try
        {
            return Results.File(await Print(paper, ct, wish.Form), "application/pdf", $"{paper.FileName}.pdf");
        }
        catch (PrinterOutOfOrder broken)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, broken.Code, broken.Message);
        }
    }

    public async Task<byte[]> Print(IPaper paper, CancellationToken ct, Form form = Form.Pdf) => await issuer.Issue(paper, await paper.Render(pages), ct, form == Form.ForScreenReaders);

    /// <summary>A page that runs nothing and loads nothing.</summary>
    sealed class OnScreen(string html) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
            return Results.Content(html, "text/html; charset=utf-8").ExecuteAsync(http);
        }
    }
}
