"""How you will be called. Models are small; all that is random hangs on the seed."""

import torch
from solution import evaluate
from torch import nn


class Tagger(nn.Module):
    def __init__(self, classes=5):
        super().__init__()
        self.words = nn.Embedding(20, 8)
        self.norm = nn.BatchNorm1d(8)
        self.drop = nn.Dropout(0.5)
        self.out = nn.Linear(8, classes)
        self.saw_gradients = False

    def forward(self, inputs):
        hidden = self.words(inputs)
        hidden = self.norm(hidden.transpose(1, 2)).transpose(1, 2)
        scores = self.out(self.drop(hidden))
        self.saw_gradients = self.saw_gradients or scores.requires_grad
        return scores


class Zero(nn.Module):
    def forward(self, inputs):
        return torch.zeros(*inputs.shape, 2)


def made(seed, lengths, padding=2):
    """A model that has taken a step, and rows of these lengths, padded to a common one."""
    torch.manual_seed(seed)
    model = Tagger()
    model(torch.randint(0, 20, (16, 6))).sum().backward()
    steps = max(lengths) + padding
    inputs = torch.randint(0, 20, (len(lengths), steps))
    targets = torch.randint(0, 5, (len(lengths), steps))
    for row, length in enumerate(lengths):
        targets[row, length:] = -1
    return model, inputs, targets


def cut(inputs, targets, size):
    return [(inputs[at : at + size], targets[at : at + size]) for at in range(0, len(inputs), size)]


def loss(targets):
    targets = torch.tensor(targets)
    return evaluate(Zero(), [(torch.zeros_like(targets), targets)])


def cuts(seed, lengths, size):
    model, inputs, targets = made(seed, lengths)
    return float(evaluate(model, cut(inputs, targets, size)))


def traces(seed, lengths):
    """Names of what has changed: parameters, buffers, gradients."""
    model, inputs, targets = made(seed, lengths)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    grads = {name: value.grad.clone() for name, value in model.named_parameters() if value.grad is not None}
    evaluate(model, cut(inputs, targets, 2))
    changed = [name for name, value in model.state_dict().items() if not torch.equal(value, before[name])]
    for name, value in model.named_parameters():
        if name in grads and (value.grad is None or not torch.equal(value.grad, grads[name])):
            changed.append("gradient of " + name)
    return changed


def modes(seed, frozen, training):
    """The modes of all parts afterwards."""
    model, inputs, targets = made(seed, [3, 2])
    model.train(training)
    getattr(model, frozen).train(not training)
    evaluate(model, cut(inputs, targets, 1))
    return [part.training for part in model.modules()]


def after_error(seed):
    model, inputs, targets = made(seed, [3, 2])
    try:
        evaluate(model, [(inputs, targets), ("no tensor", targets)])
    except Exception:
        return [part.training for part in model.modules()]
    return "no error came through"


def memory(seed):
    model, inputs, targets = made(seed, [4, 4])
    answer = evaluate(model, cut(inputs, targets, 1))
    return [type(answer).__name__, model.saw_gradients and torch.is_grad_enabled() and not isinstance(answer, float)]


def seen(seed):
    """Whether gradients were recorded while it was evaluated."""
    model, inputs, targets = made(seed, [4, 4])
    model.saw_gradients = False
    evaluate(model, cut(inputs, targets, 1))
    return [model.saw_gradients, torch.is_grad_enabled()]
