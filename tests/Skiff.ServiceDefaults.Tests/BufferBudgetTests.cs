namespace Skiff.ServiceDefaults.Tests;

public sealed class BufferBudgetTests
{
    [Fact]
    public void TryTake_MoreThanIsLeft_TakesNothing()
    {
        var budget = new BufferBudget(100);
        Assert.True(budget.TryTake(60));
        Assert.False(budget.TryTake(41));
        Assert.Equal(60, budget.Held);
        Assert.True(budget.TryTake(40));
        budget.Return(70);
        Assert.Equal(30, budget.Held);
    }

    [Fact]
    public void Maximum_NoneGiven_IsAQuarterOfTheMemory() =>
        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, new BufferBudget(0).Maximum);

    [Fact]
    public async Task TryTake_ManyAtOnce_NeverMoreThanThereIs()
    {
        var budget = new BufferBudget(1000);
        var taken = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => Enumerable.Range(0, 1000).Count(_ => budget.TryTake(7)))));
        Assert.Equal(1000 / 7, taken.Sum());
        Assert.Equal(7 * (1000 / 7), budget.Held);
    }
}
