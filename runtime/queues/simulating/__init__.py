"""The simulator: when is a list done, with so many agents and this policy? Pure; chance is an argument.

    counts -> `rates.measure` -> Rates        how attempts end and how long they take, as measured
    `hours.Shifts`                            when agents are there, within the hours of the queue
    `playing.play(Plan, items, chance)` -> Run     one course of the campaign, event by event
    `bands.gather(runs)` -> Forecast               several courses: the usual one, and between what they lie

The policy decides in the simulation as it does in the house: by `runtime.queues.retry.decide`.
"""
