"""Thirty questions in the words of people who run something, written for timing alone.

They are in no evaluation file, and no rule is written to them.
"""

from __future__ import annotations

QUESTIONS = (
    "Can a landlord in Hawaii keep a security deposit for ordinary wear?",
    "How many days do we have to pay a worker who quit in Missouri?",
    "Do we need a license to board dogs overnight in Colorado?",
    "What must a contract with a home repair contractor contain in Virginia?",
    "Is a bakery that sells online bound by consumer privacy law in Virginia?",
    "May a gym in Michigan renew memberships automatically?",
    "What if we don't tell customers about a data breach in Idaho?",
    "How long must a pharmacy keep prescription records in South Dakota?",
    "Who must register as a debt collector in Connecticut?",
    "Can we record phone calls with customers in Washington State?",
    "What notice must an employer in Vermont give before mass layoffs?",
    "Must a restaurant in Alaska let an employee off for jury duty?",
    "What is a franchise under the law of South Carolina?",
    "By when must a nonprofit in New Mexico file its annual report?",
    "How much may a payday lender charge in Rhode Island?",
    "Do used car dealers in Nebraska have to tell of known defects?",
    "May a school in North Dakota share pupils' records with a vendor?",
    "What must be on the label of raw milk sold in Idaho?",
    "Can a landlord in Michigan refuse a tenant with a service dog?",
    "Are tips part of the minimum wage in Hawaii?",
    "What penalties are there for false advertising in Missouri?",
    "Do we have to shred old customer files in Colorado?",
    "Who may hold a lottery or raffle for charity in Virginia?",
    "What must a nursing home in Connecticut tell residents before a discharge?",
    "Can an insurer in Wyoming cancel a home policy mid-term?",
    "How must a funeral home in Vermont price its services?",
    "Does an electrician need a permit to work on his own house in Alaska?",
    "What records must a pawnbroker in South Carolina keep?",
    "May we run a credit check on job applicants in Hawaii?",
    "How soon must a towing company in Virginia give back a car?",
)
