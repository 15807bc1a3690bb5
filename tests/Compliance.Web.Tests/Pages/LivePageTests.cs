using Bunit;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class LivePageTests : Desk
{
    sealed class Stumbling : LivePage
    {
        public int Reads { get; private set; }

        public Task Again() => ReadAgain();

        protected override bool Concerns(Change change) => true;

        protected override Task<Problem?> Read(CancellationToken ct) =>
            ++Reads == 2 ? throw new InvalidOperationException("a page's own bug") : Task.FromResult<Problem?>(null);
    }

    [Fact]
    public async Task A_page_that_stumbled_once_reads_again()
    {
        var page = Render<Stumbling>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => page.InvokeAsync(page.Instance.Again));
        await page.InvokeAsync(page.Instance.Again);
        Assert.Equal(3, page.Instance.Reads);
    }
}
